package io.tenantry.migrations.plan;

import org.jspecify.annotations.Nullable;

/** A changelog that cannot be compiled; the message names file or changeset and the way out. */
public final class PlanException extends RuntimeException {
  PlanException(String message) {
    super(message);
  }

  PlanException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

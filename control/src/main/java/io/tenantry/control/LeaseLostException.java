package io.tenantry.control;

import java.util.UUID;

/**
 * An operation, or a tenant that is made ahead, belongs to another worker by now, or is finished.
 * Whoever gets this stops at once and writes nothing more about it.
 */
public final class LeaseLostException extends RuntimeException {
  public LeaseLostException(UUID held, String worker) {
    super(held + " is no longer " + worker + "'s.");
  }
}

package io.tenantry.control;

import java.util.UUID;

/**
 * The operation belongs to another worker by now, or is finished. Whoever gets this stops at once
 * and writes nothing more about it.
 */
public final class LeaseLostException extends RuntimeException {
  public LeaseLostException(UUID operation, String worker) {
    super("Operation " + operation + " is no longer " + worker + "'s.");
  }
}

package io.tenantry.tenancy.error;

import java.time.Duration;

/**
 * A refusal that ends by itself: the caller asked for more than it may, and is told when to ask.
 */
public final class LimitExceededException extends TenantryException {

  private final Duration retryAfter;

  /**
   * @param code of the category LIMIT
   * @param retryAfter when the same request may be accepted, from now; above zero
   */
  public LimitExceededException(ErrorCode code, String detail, Duration retryAfter) {
    super(code, detail);
    this.retryAfter = retryAfter;
  }

  /** When the same request may be accepted, from now. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /**
   * The same in whole seconds, rounded up and at least 1, as the header {@code Retry-After} has it.
   */
  public long retryAfterSeconds() {
    return Math.max(1, retryAfter.plusSeconds(1).minusNanos(1).toSeconds());
  }
}

package io.tenantry.tenancy.error;

import java.time.Duration;

/**
 * A refusal that ends by itself: the caller asked for more than it may, and is told when to ask.
 */
public final class LimitExceededException extends TenantryException {

  private final Duration retryAfter;
  private final int atOnce;

  /**
   * @param code of the category LIMIT
   * @param retryAfter when the same request may be accepted, from now; above zero
   */
  public LimitExceededException(ErrorCode code, String detail, Duration retryAfter) {
    this(code, detail, retryAfter, 0);
  }

  /**
   * As the other, for a limit of how many may run at the same time.
   *
   * @param atOnce that limit, above zero; zero for limits of another kind
   */
  public LimitExceededException(ErrorCode code, String detail, Duration retryAfter, int atOnce) {
    super(code, detail);
    this.retryAfter = retryAfter;
    this.atOnce = atOnce;
  }

  /** How many may run at the same time; zero when it is no limit of that kind. */
  public int atOnce() {
    return atOnce;
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

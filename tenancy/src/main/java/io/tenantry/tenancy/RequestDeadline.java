package io.tenantry.tenancy;

import java.time.Duration;

/**
 * The moment by which the current request must have been answered. Bound to the calling thread for
 * one block, like {@link TenantContext}; measured on the monotonic clock. Never blocks.
 */
public final class RequestDeadline {

  private static final ScopedValue<Long> NANO_TIME = ScopedValue.newInstance();

  private RequestDeadline() {}

  /**
   * Runs {@code block} with a deadline {@code budget} from now. An earlier deadline that is bound
   * already stays in force.
   *
   * @throws X what the block throws
   */
  public static <T, X extends Throwable> T call(
      Duration budget, ScopedValue.CallableOp<? extends T, X> block) throws X {
    long end = System.nanoTime() + budget.toNanos();
    if (NANO_TIME.isBound() && NANO_TIME.get() - end < 0) {
      return block.call();
    }
    return ScopedValue.where(NANO_TIME, end).call(block);
  }

  /**
   * What is left until the deadline, but {@code most} at the most; {@code most} when no deadline is
   * bound. Zero or negative when the deadline has passed.
   */
  public static Duration remaining(Duration most) {
    if (!NANO_TIME.isBound()) {
      return most;
    }
    Duration left = Duration.ofNanos(NANO_TIME.get() - System.nanoTime());
    return left.compareTo(most) < 0 ? left : most;
  }
}

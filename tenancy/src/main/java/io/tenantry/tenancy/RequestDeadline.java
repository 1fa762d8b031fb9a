package io.tenantry.tenancy;

import java.time.Duration;
import java.util.Optional;

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
    return remaining().filter(left -> left.compareTo(most) < 0).orElse(most);
  }

  /**
   * What is left until the deadline, zero or negative when it has passed; empty when none is bound.
   */
  public static Optional<Duration> remaining() {
    return NANO_TIME.isBound()
        ? Optional.of(Duration.ofNanos(NANO_TIME.get() - System.nanoTime()))
        : Optional.empty();
  }
}

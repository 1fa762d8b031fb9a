package io.tenantry.api.issuer;

import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Computes few slow hashes at a time. Each keeps a processor busy for long, and virtual threads,
 * which carry all requests, do not take turns: as many hashes as there are processors would hold up
 * every tenant. Thread-safe.
 */
public final class SlowHashing {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Semaphore turns;

  /**
   * @param most at a time, above 0
   */
  SlowHashing(int most) {
    // In order of arrival: nobody waits while later ones go first.
    this.turns = new Semaphore(most, true);
  }

  /** Leaves half of the processors to everything else. */
  static SlowHashing ofHalfTheProcessors() {
    return new SlowHashing(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
  }

  /**
   * Runs {@code work} when it is its turn, which it waits for until the request's deadline.
   *
   * @throws TenantryException with {@code deadline_exceeded} when its turn does not come in time;
   *     what the work throws
   */
  public <T> T call(Supplier<T> work) {
    try {
      long wait = RequestDeadline.remaining(LONGEST_WAIT).toNanos();
      if (!turns.tryAcquire(wait, TimeUnit.NANOSECONDS)) {
        throw new TenantryException(
            ErrorCode.DEADLINE_EXCEEDED, "Too many secrets are being checked at the same time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TenantryException(
          ErrorCode.DEADLINE_EXCEEDED, "The request was ended while it waited.", e);
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }
}

package io.tenantry.persistence.failure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenantry.tenancy.RequestDeadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Carries a service's call out again when the database gave it up for the sake of another: the
 * whole transaction, so what it read before is read anew. Inside a transaction that the caller has
 * begun nothing can be repeated, and the failure is the caller's. Thread-safe.
 */
final class TransactionRetry {

  static final int MOST_RETRIES = 2;

  private static final List<String> REASONS = List.of("serialization", "deadlock", "version");

  private static final int LONGEST_PAUSE_MILLIS = 25;

  private final ObjectProvider<MeterRegistry> registry;

  TransactionRetry(ObjectProvider<MeterRegistry> registry) {
    this.registry = registry;
  }

  /** Throws what the last try threw. */
  @Nullable Object call(MethodInvocation call) throws Throwable {
    if (TransactionSynchronizationManager.isActualTransactionActive()
        || !(call instanceof ProxyMethodInvocation repeatable)) {
      return call.proceed();
    }
    for (int retries = 0; ; retries++) {
      try {
        // An invocation goes its way once; each try needs one of its own.
        return repeatable.invocableClone().proceed();
      } catch (RuntimeException failure) {
        Optional<String> reason = DatabaseFailures.passing(failure);
        if (retries == MOST_RETRIES || reason.isEmpty() || !pause(retries)) {
          throw failure;
        }
        count(reason.get());
      }
    }
  }

  /** Whether there is time for another try; waits for a moment before it. */
  private static boolean pause(int retries) {
    int longest = LONGEST_PAUSE_MILLIS * (retries + 1);
    Duration pause = Duration.ofMillis(ThreadLocalRandom.current().nextInt(1, longest + 1));
    if (RequestDeadline.remaining(pause).compareTo(pause) < 0) {
      return false;
    }
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void count(String reason) {
    registry.ifAvailable(meters -> counter(meters, reason).increment());
  }

  /** Registers the counters of all reasons: one that begins with its first event hides it. */
  static void register(MeterRegistry meters) {
    REASONS.forEach(reason -> counter(meters, reason));
  }

  private static Counter counter(MeterRegistry meters, String reason) {
    return Counter.builder("tenantry.transaction.retries")
        .description("Transactions begun again because another one was in their way")
        .tag("reason", reason)
        .register(meters);
  }
}

package io.tenantry.bench.onboarding;

import io.tenantry.control.FencedTransaction;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Fenced reads of tenants through the pool of the runtime login, at a fixed rate, each measured
 * from the time at which it was due.
 */
final class LiveReads {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = 10_000_000;

  private final FencedTransaction serving;
  private final List<TenantId> tenants;

  LiveReads(PooledPlatform platform, List<TenantId> tenants) {
    this.serving = new FencedTransaction(platform.serving(), platform.signer(), TIMEOUT, TIMEOUT);
    this.tenants = List.copyOf(tenants);
  }

  /**
   * Reads for so long while {@code other} is done again and again.
   *
   * @throws IllegalStateException when a read failed: then none of the figures counts
   */
  void during(Duration time, Samples into, Samples.Work other) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Thread pace =
          Thread.ofVirtual()
              .start(
                  () -> {
                    long begin = System.nanoTime();
                    for (int i = 0; !over.get(); i++) {
                      long due = begin + i * PAUSE_NANOS;
                      LockSupport.parkNanos(due - System.nanoTime());
                      TenantId tenant = tenants.get(i % tenants.size());
                      threads.execute(() -> measure(tenant, due, into, failure));
                    }
                  });
      long end = System.nanoTime() + time.toNanos();
      try {
        while (System.nanoTime() < end) {
          other.run();
        }
      } finally {
        over.set(true);
        // Before the executor closes, which takes no more work then.
        pace.join();
      }
    }
    if (failure.get() != null) {
      throw new IllegalStateException("A read failed.", failure.get());
    }
  }

  private void measure(
      TenantId tenant, long due, Samples into, AtomicReference<@Nullable Throwable> failure) {
    try {
      read(tenant);
      into.add(System.nanoTime() - due);
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private void read(TenantId tenant) {
    serving.asTenant(
        tenant,
        "reading",
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row =
                  statement.executeQuery(
                      "select count(*) from " + TenantNames.schema(tenant) + ".desk_orders")) {
            row.next();
            return row.getInt(1);
          }
        });
  }
}

package io.tenantry.migrations.fanout;

import io.tenantry.control.FencedTransaction;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests of tenants while something else goes on: each reads and writes the tenant's notes, by
 * the fence of requests and with their timeouts.
 */
final class LiveTraffic implements AutoCloseable {

  private final List<Thread> threads = new ArrayList<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger served = new AtomicInteger();
  private volatile boolean over;

  LiveTraffic(TestPlatform platform, List<TenantId> tenants, int count) {
    FencedTransaction fenced =
        new FencedTransaction(
            platform.as(Duty.APP),
            platform.signer(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10));
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().daemon().start(() -> serve(fenced, tenants)));
    }
  }

  int served() {
    return served.get();
  }

  Queue<Throwable> failures() {
    return failures;
  }

  private void serve(FencedTransaction fenced, List<TenantId> tenants) {
    while (!over) {
      TenantId tenant = tenants.get(ThreadLocalRandom.current().nextInt(tenants.size()));
      String notes = TenantNames.schema(tenant) + ".desk_notes";
      try {
        fenced.asTenant(
            tenant,
            "serving",
            connection -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute(
                    "insert into "
                        + notes
                        + " (tenant_id, id, body) values ('"
                        + tenant.value()
                        + "', gen_random_uuid(), 'note')");
                statement.execute("select count(*) from " + notes);
              }
              return true;
            });
        served.incrementAndGet();
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Returns when the last request has been answered; a second call changes nothing. */
  void end() {
    over = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

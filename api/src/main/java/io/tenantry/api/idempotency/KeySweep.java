package io.tenantry.api.idempotency;

import io.tenantry.api.isolation.IsolationState;
import io.tenantry.control.IdempotencyStore;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantDirectory;
import io.tenantry.persistence.idempotency.IdempotencySettings;
import io.tenantry.persistence.idempotency.IdempotentRequests;
import io.tenantry.tenancy.TenantContext;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Deletes expired keys from time to time: the platform's, and those of each tenant whose data are
 * in place, suspended ones included, each within that tenant. Every instance does; rows that
 * another one deletes are skipped. What fails in one tenant is logged and holds up no other. No
 * tenant is entered while this instance cannot say that tenants are kept apart.
 */
@Component
class KeySweep implements DisposableBean {

  private static final Logger LOG = LoggerFactory.getLogger(KeySweep.class);

  private static final int BATCH = 1_000;

  private final TenantDirectory directory;
  private final IdempotentRequests tenants;
  private final IdempotencyStore platform;
  private final IsolationState isolation;
  private final long interval;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("idempotency-sweep").factory());

  KeySweep(
      TenantDirectory directory,
      IdempotentRequests tenants,
      IdempotencyStore platform,
      IsolationState isolation,
      IdempotencySettings settings) {
    this.directory = directory;
    this.tenants = tenants;
    this.platform = platform;
    this.isolation = isolation;
    this.interval = settings.sweepInterval().toMillis();
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    // A future that nobody looks at: sweep() lets nothing out that would end the schedule.
    var _ = thread.scheduleWithFixedDelay(this::sweep, interval, interval, TimeUnit.MILLISECONDS);
  }

  /** Once through all; blocks on the database. */
  void sweep() {
    expire("the platform", platform::expire);
    for (Tenant tenant : directory.all()) {
      // Asked before each: a finding that comes while it sweeps counts from then on.
      if (Thread.currentThread().isInterrupted() || !isolation.safe()) {
        return;
      }
      if (tenant.state().inPlace()) {
        expire(
            "tenant " + tenant.id(),
            most -> TenantContext.call(tenant.id(), () -> tenants.expire(most)));
      }
    }
  }

  private static void expire(String whose, IntUnaryOperator batch) {
    try {
      int deleted = BATCH;
      while (deleted == BATCH) {
        deleted = batch.applyAsInt(BATCH);
      }
    } catch (RuntimeException | Error e) {
      LOG.warn("Expired idempotency keys of {} could not be deleted.", whose, e);
    }
  }

  @Override
  public void destroy() throws InterruptedException {
    thread.shutdownNow();
    if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
      LOG.warn("The deletion of expired idempotency keys did not end in time.");
    }
  }
}

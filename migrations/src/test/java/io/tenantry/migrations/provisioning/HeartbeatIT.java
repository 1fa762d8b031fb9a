package io.tenantry.migrations.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.By;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStore;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantSlug;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A worker that is slow is not one that is dead. */
class HeartbeatIT {

  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final TestPlatform platform = TestPlatform.installed("heartbeat");
  private final DutyDataSource control = platform.as(Duty.CONTROL);
  private final OperationStore operations = new OperationStore(control);

  @Test
  void aStepThatTakesLongerThanTheLeaseKeepsIt() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Operation operation =
        new TenantStore(control)
            .put(TenantSpec.of(new TenantSlug("slow"), "Slow"), null, true, By.worker("test"))
            .pending()
            .orElseThrow();
    Provisioner slow = new Provisioner(control, steps(inside, end), LEASE);
    Thread worker = Thread.ofPlatform().daemon().start(slow::runNext);
    try {
      await().atMost(PATIENCE).until(() -> inside.getCount() == 0);
      // By the server's clock: whoever holds it now would not, had nobody prolonged it.
      await()
          .atMost(PATIENCE)
          .until(() -> holds(operation, "o.lease_until > o.started_at + interval '12 s'"));

      assertThat(platform.provisioner().runNext()).isFalse();
      assertThat(operations.find(operation.id()).orElseThrow().attempt()).isEqualTo(1);
    } finally {
      end.countDown();
    }
    await().atMost(PATIENCE).until(() -> !worker.isAlive());
    assertThat(operations.find(operation.id()).orElseThrow().state())
        .isEqualTo(OperationState.SUCCEEDED);
  }

  private List<ProvisioningStep> steps(CountDownLatch inside, CountDownLatch end) {
    List<ProvisioningStep> steps =
        new ArrayList<>(
            new ProvisioningSteps(
                    control, platform.as(Duty.MIGRATE), platform.as(Duty.APP), platform.signer())
                .inOrder());
    ProvisioningStep whole = steps.getFirst();
    steps.set(
        0,
        new ProvisioningStep(
            whole.name(),
            tenant -> {
              inside.countDown();
              try {
                end.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return whole.action().run(tenant);
            }));
    return steps;
  }

  private boolean holds(Operation operation, String condition) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      return !TestPlatform.rows(
              superuser,
              "select from tenantry_control.operations o where o.id = '"
                  + operation.id()
                  + "' and "
                  + condition)
          .isEmpty();
    }
  }
}

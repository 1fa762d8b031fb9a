package io.tenantry.migrations.offboarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.By;
import io.tenantry.control.FencedTransaction;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStep;
import io.tenantry.control.OperationStore;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantLifecycle;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.SeenCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OffboardingIT {

  private static final By TEST = By.worker("test");

  private final TestPlatform platform = TestPlatform.installed("offboarding");
  private final DutyDataSource control = platform.as(Duty.CONTROL);
  private final OperationStore operations = new OperationStore(control);
  private final TenantStore tenants = new TenantStore(control);
  private final TenantLifecycle lifecycle = new TenantLifecycle(control);

  @Test
  void aDeletedTenantIsRetainedWithAllItHas() throws SQLException {
    Tenant tenant = active("whole");
    Operation operation = delete(tenant);
    ended(provisioner(Duration.ZERO, Duration.ofSeconds(30)), operation);

    Tenant retained = tenants.findById(tenant.id()).orElseThrow();
    assertThat(retained.state()).isEqualTo(TenantState.RETAINED);
    assertThat(retained.end().purgeAfter()).isAfter(Instant.now().plus(Duration.ofDays(29)));
    assertThat(operations.steps(operation.id()))
        .allSatisfy(step -> assertThat(step.state()).isEqualTo(OperationState.SUCCEEDED))
        .extracting(OperationStep::name)
        .containsExactly("refused-everywhere", "transactions-ended", "retained");
    lifecycle.undelete(tenant.slug(), TEST);
    assertThat(ordersOf(tenant)).isEqualTo("1");
  }

  @Test
  void everyInstanceHasToHaveFeltItFirstAndNobodyWaitsForThatMeanwhile() {
    Tenant tenant = active("felt");
    Operation operation = delete(tenant);
    Provisioner patient = provisioner(Duration.ofMinutes(1), Duration.ZERO);
    await().until(() -> !patient.runNext());
    Operation waiting = operations.find(operation.id()).orElseThrow();
    assertThat(waiting.state()).isEqualTo(OperationState.QUEUED);
    assertThat(waiting.attempt()).isZero();
    assertThat(tenants.findById(tenant.id()).orElseThrow().state())
        .isEqualTo(TenantState.OFFBOARDING);
    // It is nobody's turn until then, so that others have theirs.
    assertThat(operations.claim(operation.id(), "another", Duration.ofSeconds(30))).isEmpty();
    Tenant other = patient.provisionNow("other-meanwhile", "Other");
    assertThat(other.state()).isEqualTo(TenantState.ACTIVE);
  }

  @Test
  void aTransactionOfTheTenantThatStillRunsIsWaitedFor() throws Exception {
    Tenant tenant = active("running");
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    FencedTransaction runtime =
        new FencedTransaction(
            platform.as(Duty.APP),
            platform.signer(),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2));
    Thread request =
        Thread.ofVirtual()
            .start(
                () ->
                    runtime.asTenant(
                        tenant.id(),
                        "working",
                        connection -> {
                          insert(connection, tenant);
                          locked.countDown();
                          return reached(end);
                        }));
    assertThat(locked.await(30, TimeUnit.SECONDS)).isTrue();
    Operation operation = delete(tenant);
    Provisioner provisioner = provisioner(Duration.ZERO, Duration.ofMinutes(5));
    await()
        .until(
            () -> {
              provisioner.runNext();
              return operations.steps(operation.id()).size() == 2
                  && operations.find(operation.id()).orElseThrow().state() == OperationState.QUEUED;
            });
    assertThat(tenants.findById(tenant.id()).orElseThrow().state())
        .isEqualTo(TenantState.OFFBOARDING);
    end.countDown();
    request.join();
    ended(provisioner, operation);
    assertThat(tenants.findById(tenant.id()).orElseThrow().state()).isEqualTo(TenantState.RETAINED);
    assertThat(ordersOf(tenant)).isEqualTo("2");
  }

  @Test
  void aTransactionThatDoesNotEndIsNotWaitedForForEver() throws SQLException {
    Tenant tenant = active("endless");
    try (Connection app = platform.login("tenantry_app_a")) {
      app.setAutoCommit(false);
      TestPlatform.execute(app, "select 1");
      Operation operation = delete(tenant);
      ended(provisioner(Duration.ZERO, Duration.ofMillis(1)), operation);
      assertThat(operations.steps(operation.id()).get(1).detail()).contains("still ran");
    }
    assertThat(tenants.findById(tenant.id()).orElseThrow().state()).isEqualTo(TenantState.RETAINED);
  }

  @Test
  void anOffboardingThatFailsLeavesTheTenantWhereItIsAndMayBeRetried() {
    Tenant tenant = active("given-up");
    Operation operation = delete(tenant);
    for (int i = 0; i < 10; i++) {
      operations.claim(operation.id(), "dying-" + i, Duration.ofSeconds(30));
      operations.release(operation.id(), "dying-" + i, true);
    }
    Provisioner provisioner = provisioner(Duration.ZERO, Duration.ZERO);
    await().until(() -> finished(provisioner, operation));
    Operation failed = operations.find(operation.id()).orElseThrow();
    assertThat(failed.errorCode()).isEqualTo(ErrorCode.OPERATION_FAILED.id());
    SeenCodes.saw(ErrorCode.OPERATION_FAILED);
    assertThat(tenants.findById(tenant.id()).orElseThrow().state())
        .isEqualTo(TenantState.OFFBOARDING);
    ended(provisioner, lifecycle.retry(tenant.slug(), TEST).operation());
    assertThat(tenants.findById(tenant.id()).orElseThrow().state()).isEqualTo(TenantState.RETAINED);
  }

  @Test
  void aTenantThatWasNeverMadeEndsToo() {
    TenantSlug slug = new TenantSlug("never-made");
    Tenant tenant =
        tenants
            .put(new TenantSpec(slug, null, null, null, null, null, false, null), null, false, TEST)
            .tenant();
    ended(provisioner(Duration.ZERO, Duration.ZERO), delete(tenant));
    assertThat(lifecycle.undelete(slug, TEST).state()).isEqualTo(TenantState.FAILED);
  }

  private Tenant active(String name) {
    Tenant tenant = platform.provisioner().provisionNow(name, name);
    tenants.put(
        new TenantSpec(tenant.slug(), null, null, null, null, null, false, null),
        null,
        false,
        TEST);
    new FencedTransaction(
            platform.as(Duty.APP), platform.signer(), Duration.ofSeconds(10), Duration.ofSeconds(2))
        .asTenant(
            tenant.id(),
            "writing an order",
            connection -> {
              insert(connection, tenant);
              return true;
            });
    return tenant;
  }

  private static void insert(Connection connection, Tenant tenant) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "insert into "
              + TenantNames.schema(tenant.id())
              + ".desk_orders (tenant_id, id, symbol, side, order_type, quantity) values ('"
              + tenant.id()
              + "', gen_random_uuid(), 'SYM', 'BUY', 'MARKET', 1)");
    }
  }

  private String ordersOf(Tenant tenant) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      return TestPlatform.rows(
              superuser, "select count(*) from " + TenantNames.schema(tenant.id()) + ".desk_orders")
          .getFirst();
    }
  }

  private Operation delete(Tenant tenant) {
    return lifecycle.delete(tenant.slug(), null, TEST).operation();
  }

  private Provisioner provisioner(Duration feltWithin, Duration longestDrain) {
    return PlatformSetup.provisioner(
        control,
        platform::as,
        platform.signer(),
        platform.credentials(),
        Duration.ofSeconds(30),
        feltWithin,
        longestDrain);
  }

  private void ended(Provisioner provisioner, Operation operation) {
    await().atMost(Duration.ofSeconds(60)).until(() -> finished(provisioner, operation));
    Operation finished = operations.find(operation.id()).orElseThrow();
    assertThat(finished.state())
        .as("%s", finished.errorDetail())
        .isEqualTo(OperationState.SUCCEEDED);
  }

  private boolean finished(Provisioner provisioner, Operation operation) {
    provisioner.runNext();
    return operations.find(operation.id()).orElseThrow().state().finished();
  }

  private static boolean reached(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

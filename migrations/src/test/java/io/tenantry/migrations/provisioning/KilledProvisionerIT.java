package io.tenantry.migrations.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.By;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStep;
import io.tenantry.control.OperationStore;
import io.tenantry.control.PreparedTenants;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.control.catalog.CatalogScan;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.testkit.ChildProcess;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process of its own is killed, as by kill -9, while its workers stand behind every step. */
class KilledProvisionerIT {

  private static final Duration LONG = Duration.ofMinutes(3);

  private final TestPlatform platform = TestPlatform.installed("killed_provisioner");
  private final DutyDataSource control = platform.as(Duty.CONTROL);
  private final OperationStore operations = new OperationStore(control);
  private final TenantStore tenants = new TenantStore(control);
  private final PreparedTenants prepared = new PreparedTenants(control);

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatAKilledProcessLeavesBehindEachStepIsMadeOnceByAnother() throws Exception {
    int stages = PreparedPool.Stage.values().length;
    List<Operation> asked = new ArrayList<>();
    for (int i = 0; i < DoomedProvisioners.STEPS; i++) {
      asked.add(put("killed-" + i));
    }
    standAndKill(DoomedProvisioners.STEPS + stages);
    assertThat(asked).allSatisfy(one -> assertThat(state(one)).isEqualTo(OperationState.RUNNING));
    Set<String> steps = new HashSet<>();
    asked.forEach(one -> steps.add(operations.steps(one.id()).getLast().name()));
    assertThat(steps).as("each was killed behind another step").hasSize(DoomedProvisioners.STEPS);
    List<String> begun = rows("select tenant_id from tenantry_control.prepared_tenants order by 1");
    assertThat(begun).hasSize(stages);

    Provisioner other = platform.provisioner();
    PreparedPool pool = PlatformSetup.prepared(platform.address(), platform.credentials(), stages);
    await()
        .atMost(LONG)
        .until(
            () -> {
              other.runNext();
              pool.refill();
              return asked.stream().allMatch(one -> state(one).finished())
                  && rows("select from tenantry_control.prepared_tenants where state = 'MAKING'")
                      .isEmpty();
            });

    for (Operation one : asked) {
      Operation ended = operations.find(one.id()).orElseThrow();
      assertThat(ended.state()).as(ended.errorDetail()).isEqualTo(OperationState.SUCCEEDED);
      assertThat(ended.attempt()).isEqualTo(2);
      assertThat(tenants.findById(one.tenant()).orElseThrow().state())
          .isEqualTo(TenantState.ACTIVE);
      assertThat(operations.steps(one.id()))
          .extracting(OperationStep::name)
          .containsExactly(
              "reserve-names",
              "role",
              "schema",
              "tables",
              "fingerprint",
              "probe-row",
              "neighbour-proof",
              "active");
      assertThat(platform.audit(one.tenant()))
          .extracting(event -> event.split("\\|", -1)[1])
          .containsExactly("tenant.create", "tenant.provisioning", "tenant.active");
    }
    assertThat(rows("select tenant_id from tenantry_control.prepared_tenants order by 1"))
        .as("taken up again, and nothing made instead")
        .isEqualTo(begun);
    assertThat(new CatalogScan(control).full(LONG))
        .filteredOn(finding -> finding.object().contains("tenant_"))
        .isEmpty();
    for (int i = 0; i < stages; i++) {
      assertThat(
              tenants
                  .put(TenantSpec.of(new TenantSlug("claimed-" + i), "x"), null, true, by())
                  .tenant()
                  .state())
          .isEqualTo(TenantState.ACTIVE);
    }
    assertThat(prepared.count()).isZero();
  }

  private void standAndKill(int standing) {
    try (ChildProcess process =
        ChildProcess.start(
            ChildProcess.java(
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedProvisioners.class.getName(),
                platform.address().host(),
                Integer.toString(platform.address().port()),
                platform.address().database(),
                TestPlatform.secrets().toString()),
            Map.of())) {
      process.awaitStart(
          LONG,
          () ->
              process.output().lines().filter(line -> line.startsWith("standing behind")).count()
                  >= standing);
      process.kill();
      assertThat(process.exitCode()).isEqualTo(137);
    }
  }

  private Operation put(String slug) {
    return tenants
        .put(TenantSpec.of(new TenantSlug(slug), slug), null, true, by())
        .pending()
        .orElseThrow();
  }

  private static By by() {
    return By.worker("test");
  }

  private OperationState state(Operation operation) {
    return operations.find(operation.id()).orElseThrow().state();
  }

  private List<String> rows(String sql) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      return TestPlatform.rows(superuser, sql);
    }
  }
}

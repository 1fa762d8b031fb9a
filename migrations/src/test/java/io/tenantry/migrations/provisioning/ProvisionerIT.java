package io.tenantry.migrations.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.By;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStep;
import io.tenantry.control.OperationStore;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.control.TenantTransitions;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.SeenCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvisionerIT {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String LAST_CHANGESET = "access-tenant-0005-api-idempotency-keys";

  private final TestPlatform platform = TestPlatform.installed("provisioner");
  private final DutyDataSource control = platform.as(Duty.CONTROL);
  private final OperationStore operations = new OperationStore(control);
  private final TenantStore tenants = new TenantStore(control);

  /** Not an exception: what a killed process leaves is what this leaves. */
  private static final class Killed extends Error {}

  @Test
  void aTenantIsMadeInStepsAndMadeOnce() {
    Tenant tenant = platform.provisioner().provisionNow("made", "Made");
    assertThat(tenant.state()).isEqualTo(TenantState.ACTIVE);
    assertThat(tenant.schemaVersion()).isEqualTo(LAST_CHANGESET);
    assertThat(platform.provisioner().provisionNow("made", "Made")).isEqualTo(tenant);
  }

  @Test
  void theOperationTellsItsSteps() {
    Operation operation = put("told");
    while (platform.provisioner().runNext()) {
      // Until the queue is empty: other tests may have left something.
    }
    assertThat(operations.find(operation.id()).orElseThrow().state())
        .isEqualTo(OperationState.SUCCEEDED);
    assertThat(operations.steps(operation.id()))
        .allSatisfy(step -> assertThat(step.state()).isEqualTo(OperationState.SUCCEEDED))
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
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void killedBehindAnyStepItIsResumedByAnotherWorker(int step) {
    Operation operation = put("killed-" + step);
    List<ProvisioningStep> deadly = new ArrayList<>(steps());
    ProvisioningStep whole = deadly.get(step);
    deadly.set(
        step,
        new ProvisioningStep(
            whole.name(),
            tenant -> {
              whole.action().run(tenant);
              throw new Killed();
            }));
    Provisioner doomed = new Provisioner(control, deadly, Duration.ofMillis(300));
    assertThatThrownBy(doomed::runNext).isInstanceOf(Killed.class);
    assertThat(tenants.findById(operation.tenant()).orElseThrow().state())
        .isEqualTo(TenantState.PROVISIONING);
    Provisioner other = platform.provisioner();
    await().atMost(PATIENCE).until(other::runNext);
    Tenant tenant = tenants.findById(operation.tenant()).orElseThrow();
    assertThat(tenant.state()).isEqualTo(TenantState.ACTIVE);
    assertThat(tenant.schemaVersion()).isEqualTo(LAST_CHANGESET);
    assertThat(operations.find(operation.id()).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void provisioningNowTakesOverFromAWorkerThatDied() {
    Operation operation = put("taken-over");
    assertThat(operations.claim(operation.id(), "dead", Duration.ofSeconds(1))).isPresent();
    Tenant tenant = platform.provisioner().provisionNow("taken-over", "Taken over");
    assertThat(tenant.state()).isEqualTo(TenantState.ACTIVE);
    assertThat(operations.find(operation.id()).orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void aStepThatFailsLeavesTheReasonAndMayBeRetried() {
    Operation operation = put("failing");
    List<ProvisioningStep> failing = new ArrayList<>(steps());
    failing.set(
        3,
        new ProvisioningStep(
            "tables",
            tenant -> {
              throw new IllegalStateException("no such luck");
            }));
    assertThat(new Provisioner(control, failing, LEASE).runNext()).isTrue();
    Operation failed = operations.find(operation.id()).orElseThrow();
    assertThat(failed.state()).isEqualTo(OperationState.FAILED);
    assertThat(failed.errorCode()).isEqualTo(ErrorCode.PROVISIONING_FAILED.id());
    SeenCodes.saw(ErrorCode.PROVISIONING_FAILED);
    assertThat(failed.errorDetail()).isEqualTo("Step tables: IllegalStateException");
    assertThat(operations.steps(failed.id()).getLast().state()).isEqualTo(OperationState.FAILED);
    assertThat(tenants.findById(operation.tenant()).orElseThrow().state())
        .isEqualTo(TenantState.FAILED);
    assertThat(platform.provisioner().provisionNow("failing", "failing").state())
        .isEqualTo(TenantState.ACTIVE);
  }

  @Test
  void aSchemaThatIsNotWhatItsChangesetsMakeIsNotOpened() {
    Operation operation = put("altered");
    String table = TenantNames.schema(operation.tenant()) + ".desk_orders";
    List<ProvisioningStep> altering = new ArrayList<>(steps());
    ProvisioningStep tables = altering.get(3);
    altering.set(
        3,
        new ProvisioningStep(
            tables.name(),
            tenant -> {
              String said = tables.action().run(tenant);
              alter("alter table " + table + " add column planted text");
              return said;
            }));
    assertThat(new Provisioner(control, altering, LEASE).runNext()).isTrue();
    assertThat(operations.find(operation.id()).orElseThrow().errorDetail())
        .startsWith("Step fingerprint: ")
        .contains("column desk_orders.planted is not expected");
    assertThat(tenants.findById(operation.tenant()).orElseThrow().state())
        .isEqualTo(TenantState.FAILED);
    alter("alter table " + table + " drop column planted");
    assertThat(platform.provisioner().provisionNow("altered", "altered").state())
        .isEqualTo(TenantState.ACTIVE);
  }

  private void alter(String sql) {
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDatabaseThatIsAwayFailsNothing() {
    Operation operation = put("waiting");
    List<ProvisioningStep> away = new ArrayList<>(steps());
    away.set(
        1,
        new ProvisioningStep(
            "role",
            tenant -> {
              throw new TenantryException(ErrorCode.DATABASE_UNAVAILABLE, "away");
            }));
    Provisioner waiting = new Provisioner(control, away, LEASE);
    for (int i = 0; i < 12; i++) {
      assertThat(waiting.runNext()).isFalse();
    }
    assertThat(operations.find(operation.id()).orElseThrow())
        .satisfies(
            queued -> {
              assertThat(queued.state()).isEqualTo(OperationState.QUEUED);
              assertThat(queued.attempt()).isZero();
            });
    assertThat(platform.provisioner().provisionNow("waiting", "waiting").state())
        .isEqualTo(TenantState.ACTIVE);
  }

  @Test
  void whereSomebodyElseWasFasterItIsTriedAgainButNotForEver() {
    Operation operation = put("slower");
    List<ProvisioningStep> slower = new ArrayList<>(steps());
    slower.set(
        3,
        new ProvisioningStep(
            "tables",
            tenant -> {
              throw new TenantryException(ErrorCode.CONCURRENT_UPDATE, "locked");
            }));
    Provisioner provisioner = new Provisioner(control, slower, LEASE);
    assertThat(provisioner.runNext()).isFalse();
    assertThat(operations.find(operation.id()).orElseThrow())
        .satisfies(
            queued -> {
              assertThat(queued.state()).isEqualTo(OperationState.QUEUED);
              assertThat(queued.attempt()).isEqualTo(1);
            });
    for (int i = 0; i < 9; i++) {
      assertThat(provisioner.runNext()).isFalse();
    }
    assertThat(provisioner.runNext()).isTrue();
    assertThat(operations.find(operation.id()).orElseThrow().state())
        .isEqualTo(OperationState.FAILED);
    assertThat(platform.provisioner().provisionNow("slower", "slower").state())
        .isEqualTo(TenantState.ACTIVE);
  }

  @Test
  void anErrorDoesNotEndTheLoop() {
    AtomicBoolean met = new AtomicBoolean();
    List<ProvisioningStep> deadly = new ArrayList<>(steps());
    ProvisioningStep whole = deadly.get(1);
    deadly.set(
        1,
        new ProvisioningStep(
            whole.name(),
            tenant -> {
              if (!met.getAndSet(true)) {
                throw new Killed();
              }
              return whole.action().run(tenant);
            }));
    try (ProvisionerLoop loop =
        new ProvisionerLoop(
            new Provisioner(control, deadly, Duration.ofSeconds(1)), Duration.ofMillis(20))) {
      loop.start();
      Operation operation = put("after-the-error");
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  operations.find(operation.id()).orElseThrow().state()
                      == OperationState.SUCCEEDED);
      assertThat(met).isTrue();
    }
  }

  @Test
  void aTenantThatWasDeletedMeanwhileIsNotMade() {
    Operation operation = put("deleted");
    new TenantTransitions(control)
        .move(operation.tenant(), TenantState.OFFBOARDING, By.worker("test"));
    assertThat(platform.provisioner().runNext()).isTrue();
    assertThat(operations.find(operation.id()).orElseThrow().errorCode())
        .isEqualTo(ErrorCode.TENANT_STATE_CONFLICT.id());
    assertThat(tenants.findById(operation.tenant()).orElseThrow().state())
        .isEqualTo(TenantState.OFFBOARDING);
  }

  @Test
  void theLoopCarriesOutWhatComes() {
    try (ProvisionerLoop loop =
        new ProvisionerLoop(platform.provisioner(), Duration.ofMillis(20))) {
      loop.start();
      Operation operation = put("looped");
      await()
          .atMost(PATIENCE)
          .until(() -> operations.find(operation.id()).orElseThrow().state().finished());
      assertThat(tenants.findById(operation.tenant()).orElseThrow().state())
          .isEqualTo(TenantState.ACTIVE);
    }
  }

  /** What takes a wall away, what puts it back, and what the proof says in between. */
  private record Hole(List<String> make, List<String> undo, String found) {}

  static List<Hole> holes() {
    return List.of(
        new Hole(
            List.of("alter table tenantry_api.api_isolation_probes disable row level security"),
            List.of("alter table tenantry_api.api_isolation_probes enable row level security"),
            "exactly its own probe row"),
        new Hole(
            List.of("create policy hole on tenantry_api.api_isolation_probes using (true)"),
            List.of("drop policy hole on tenantry_api.api_isolation_probes"),
            "exactly its own probe row"),
        new Hole(
            List.of(
                "grant usage on schema %s to tenantry_tenant",
                "grant select on %s.desk_orders to tenantry_tenant"),
            List.of(
                "revoke all on %s.desk_orders from tenantry_tenant",
                "revoke all on schema %s from tenantry_tenant"),
            "the neighbour's table can be read"),
        new Hole(
            List.of(
                "grant usage on schema tenantry_api to tenantry_app_a",
                "grant select on tenantry_api.api_isolation_probes to tenantry_app_a",
                "grant execute on function tenantry_guard.current_tenant() to tenantry_app_a"),
            List.of(
                "revoke all on schema tenantry_api from tenantry_app_a",
                "revoke all on tenantry_api.api_isolation_probes from tenantry_app_a",
                "revoke all on function tenantry_guard.current_tenant() from tenantry_app_a"),
            "outside of any tenant"),
        new Hole(
            List.of("grant set on parameter backtrace_functions to tenantry_tenant"),
            List.of("revoke set on parameter backtrace_functions from tenantry_tenant"),
            "the register can be written"));
  }

  @ParameterizedTest
  @MethodSource("holes")
  void theProofFindsAHole(Hole hole) throws SQLException {
    TestPlatform holed = TestPlatform.installed("holed");
    Tenant neighbour = holed.provisioner().provisionNow("neighbour", "Neighbour");
    String schema = TenantNames.schema(neighbour.id());
    String slug = "holed-" + Integer.toHexString(hole.hashCode());
    try (Connection superuser = holed.superuser()) {
      for (String sql : hole.make()) {
        TestPlatform.execute(superuser, sql.replace("%s", schema));
      }
      try {
        assertThatThrownBy(() -> holed.provisioner().provisionNow(slug, "Holed"))
            .hasMessageContaining("neighbour-proof")
            .hasMessageContaining(hole.found());
        assertThat(
                TestPlatform.rows(
                    superuser,
                    "select o.error_code from tenantry_control.operations o"
                        + " join tenantry_control.tenants t on t.id = o.tenant_id"
                        + " where t.slug = '"
                        + slug
                        + "'"))
            .containsExactly(ErrorCode.ISOLATION_PROOF_FAILED.id());
        SeenCodes.saw(ErrorCode.ISOLATION_PROOF_FAILED);
      } finally {
        for (String sql : hole.undo()) {
          TestPlatform.execute(superuser, sql.replace("%s", schema));
        }
      }
    }
    Tenant tenant =
        new TenantStore(holed.as(Duty.CONTROL)).findBySlug(new TenantSlug(slug)).orElseThrow();
    assertThat(tenant.state()).isEqualTo(TenantState.FAILED);
    assertThat(holed.provisioner().provisionNow(slug, "Holed").state())
        .isEqualTo(TenantState.ACTIVE);
  }

  @Test
  void aNameThatSomethingElseHasTakenIsNotTakenOver() throws SQLException {
    String role = TenantNames.role(put("squatted").tenant());
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, "create role " + role + " login");
    }
    assertThatThrownBy(() -> platform.provisioner().provisionNow("squatted", "squatted"))
        .hasMessageContaining("reserve-names");
    // The server is other tests', too, and they look at all its roles.
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, "drop role " + role);
    }
  }

  @Test
  void aRoleThatIsAMemberOfMoreThanItShouldBeIsNotTakenOver() throws SQLException {
    Operation operation = put("well-connected");
    String role = TenantNames.role(operation.tenant());
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, "create role " + role + " in role tenantry_tenant");
      TestPlatform.execute(superuser, "grant tenantry_reader to " + role);
    }
    assertThatThrownBy(() -> platform.provisioner().provisionNow("well-connected", "unused"))
        .hasMessageContaining("reserve-names");
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, "drop role " + role);
    }
    assertThat(platform.provisioner().provisionNow("well-connected", "unused").state())
        .isEqualTo(TenantState.ACTIVE);
  }

  private Operation put(String slug) {
    return tenants
        .put(TenantSpec.of(new TenantSlug(slug), slug), null, false, By.worker("test"))
        .pending()
        .orElseThrow();
  }

  private List<ProvisioningStep> steps() {
    return new ProvisioningSteps(
            control, platform.as(Duty.MIGRATE), platform.as(Duty.APP), platform.signer())
        .inOrder();
  }
}

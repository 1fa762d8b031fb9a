package io.tenantry.migrations.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.control.By;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStore;
import io.tenantry.control.ProvisioningRecord;
import io.tenantry.control.PutOutcome;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantLimits;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.control.TenantTransitions;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.AtOnce;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.testkit.SeenCodes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TenantStoreIT {

  private static final By ALICE = new By("alice", "req-1");

  private final TestPlatform platform = TestPlatform.installed("tenant_store");
  private final DutyDataSource control = platform.as(Duty.CONTROL);
  private final TenantStore tenants = new TenantStore(control);
  private final OperationStore operations = new OperationStore(control);

  @Test
  void aNewTenantComesWithItsOperationAndOneAuditEvent() throws SQLException {
    TenantSpec spec =
        new TenantSpec(
            slug("fresh"),
            "Fresh",
            "gold",
            Map.of("region", "eu", "quote", "it's \"{x}\""),
            new TenantLimits(100, null, 5),
            false,
            false,
            7);
    PutOutcome outcome = tenants.put(spec, null, true, ALICE);
    assertThat(outcome).isInstanceOf(PutOutcome.Created.class);
    Tenant tenant = outcome.tenant();
    assertThat(tenant.state()).isEqualTo(TenantState.PENDING);
    assertThat(tenant.version()).isEqualTo(1);
    assertThat(tenant.labels()).isEqualTo(spec.labels());
    assertThat(tenant.limits()).isEqualTo(spec.limits());
    assertThat(tenant.deletionProtection()).isFalse();
    assertThat(tenant.retentionDays()).isEqualTo(7);
    Operation operation = outcome.pending().orElseThrow();
    assertThat(operation.state()).isEqualTo(OperationState.QUEUED);
    assertThat(operation.requestedBy()).isEqualTo("alice");
    assertThat(operation.requestId()).isEqualTo("req-1");
    assertThat(tenants.findBySlug(slug("fresh"))).contains(tenant);
    assertThat(tenants.findById(tenant.id())).contains(tenant);
    assertThat(operations.find(operation.id())).contains(operation);
    assertThat(platform.audit(tenant.id()))
        .containsExactly("alice|tenant.create|req-1|null|PENDING");
  }

  @Test
  void theSamePutAnswersTheSameOperationAndWritesNothing() throws SQLException {
    PutOutcome first = put("again", "Again");
    PutOutcome second = put("again", "Again");
    assertThat(second).isInstanceOf(PutOutcome.Unchanged.class);
    assertThat(second.tenant()).isEqualTo(first.tenant());
    assertThat(second.pending()).isEqualTo(first.pending());
    assertThat(platform.audit(first.tenant().id())).hasSize(1);
  }

  @Test
  void whatIsNotSaidStaysAndWhatIsSaidChangesTheVersion() {
    Tenant before = put("renamed", "Before").tenant();
    PutOutcome outcome = put("renamed", "After");
    assertThat(outcome).isInstanceOf(PutOutcome.Updated.class);
    assertThat(outcome.tenant().displayName()).isEqualTo("After");
    assertThat(outcome.tenant().version()).isEqualTo(2);
    assertThat(outcome.tenant().changeNumber()).isGreaterThan(before.changeNumber());
    assertThat(outcome.tenant().retentionDays()).isEqualTo(30);
  }

  @Test
  void versionsAndExistenceAreHeldAgainstTheCaller() {
    TenantSpec spec = TenantSpec.of(slug("held"), "Held");
    code(ErrorCode.PRECONDITION_FAILED, () -> tenants.put(spec, 1L, false, ALICE));
    tenants.put(spec, null, true, ALICE);
    code(ErrorCode.TENANT_EXISTS, () -> tenants.put(spec, null, true, ALICE));
    code(ErrorCode.PRECONDITION_FAILED, () -> tenants.put(spec, 2L, false, ALICE));
    assertThat(tenants.put(spec, 1L, false, ALICE)).isInstanceOf(PutOutcome.Unchanged.class);
  }

  @Test
  void onlyAnActiveTenantIsSuspended() throws SQLException {
    code(ErrorCode.TENANT_STATE_CONFLICT, () -> suspend("asleep", true));
    PutOutcome made = put("asleep", "Asleep");
    code(ErrorCode.TENANT_STATE_CONFLICT, () -> suspend("asleep", true));
    activate(made);
    assertThat(suspend("asleep", true).tenant().state()).isEqualTo(TenantState.SUSPENDED);
    assertThat(suspend("asleep", true)).isInstanceOf(PutOutcome.Unchanged.class);
    assertThat(suspend("asleep", false).tenant().state()).isEqualTo(TenantState.ACTIVE);
    assertThat(platform.audit(made.tenant().id()))
        .extracting(line -> line.split("\\|", -1)[1])
        .containsExactly(
            "tenant.create",
            "tenant.provisioning",
            "tenant.active",
            "tenant.suspended",
            "tenant.active");
  }

  @Test
  void theSlugOfADeletedTenantIsRetainedAndFreeAfterThePurge() {
    PutOutcome made = put("ended", "Ended");
    TenantTransitions transitions = new TenantTransitions(control);
    activate(made);
    transitions.move(made.tenant().id(), TenantState.OFFBOARDING, ALICE);
    code(ErrorCode.TENANT_STATE_CONFLICT, () -> put("ended", "Ended"));
    Tenant retained = transitions.move(made.tenant().id(), TenantState.RETAINED, ALICE);
    assertThat(retained.stateBeforeOffboarding()).isEqualTo(TenantState.ACTIVE);
    code(ErrorCode.SLUG_RETAINED, () -> put("ended", "Ended"));
    code(
        ErrorCode.TENANT_STATE_CONFLICT,
        () -> transitions.move(made.tenant().id(), TenantState.PROVISIONING, ALICE));
    transitions.move(made.tenant().id(), TenantState.PURGED, ALICE);
    assertThat(tenants.findBySlug(slug("ended"))).isEmpty();
    code(ErrorCode.SLUG_QUARANTINED, () -> put("ended", "Ended"));
    PutOutcome next =
        new TenantStore(control, Duration.ZERO)
            .put(TenantSpec.of(slug("ended"), "Ended"), null, false, ALICE);
    assertThat(next.tenant().id()).isNotEqualTo(made.tenant().id());
  }

  @Test
  void pagesGoOnBehindTheLastSlug() {
    for (String name : List.of("page-a", "page-b", "page-c")) {
      put(name, name);
    }
    List<Tenant> first = tenants.page(2, slug("page"));
    assertThat(first).extracting(t -> t.slug().value()).containsExactly("page-a", "page-b");
    assertThat(tenants.page(1, first.getLast().slug()))
        .extracting(t -> t.slug().value())
        .containsExactly("page-c");
  }

  @Test
  void twoCreatorsOfOneSlugGetOneTenant() throws Exception {
    List<PutOutcome> outcomes = AtOnce.all(Collections.nCopies(8, () -> put("raced", "Raced")));
    assertThat(outcomes).filteredOn(o -> o instanceof PutOutcome.Created).hasSize(1);
    assertThat(outcomes)
        .extracting(o -> o.pending().orElseThrow().id())
        .containsOnly(outcomes.getFirst().pending().orElseThrow().id());
  }

  private void activate(PutOutcome made) {
    Operation operation =
        operations
            .claim(made.pending().orElseThrow().id(), "test", Duration.ofSeconds(30))
            .orElseThrow();
    ProvisioningRecord record = new ProvisioningRecord(control);
    record.begin(operation, "test");
    operations.startStep(operation.id(), "test", null, 1, "active");
    assertThat(record.complete(operation, "test", "v1", 1).schemaVersion()).isEqualTo("v1");
    assertThat(operations.unfinished(made.tenant().id())).isEmpty();
  }

  private PutOutcome put(String slug, String name) {
    return tenants.put(TenantSpec.of(slug(slug), name), null, false, ALICE);
  }

  private PutOutcome suspend(String slug, boolean suspended) {
    return tenants.put(
        new TenantSpec(slug(slug), null, null, null, null, suspended, null, null),
        null,
        false,
        ALICE);
  }

  private static TenantSlug slug(String value) {
    return new TenantSlug(value);
  }

  private static void code(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(TenantryException.class, e -> assertThat(e.code()).isEqualTo(code));
    SeenCodes.saw(code);
  }
}

package io.tenantry.migrations.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.control.By;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationKind;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStore;
import io.tenantry.control.Started;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantLifecycle;
import io.tenantry.control.TenantPurges;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.control.TenantTransitions;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.testkit.SeenCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TenantLifecycleIT {

  private static final By ALICE = new By("alice", "request-1");

  private final TestPlatform platform = TestPlatform.installed("lifecycle");
  private final DutyDataSource control = platform.as(Duty.CONTROL);
  private final TenantStore tenants = new TenantStore(control);
  private final TenantLifecycle lifecycle = new TenantLifecycle(control);
  private final TenantPurges purges = new TenantPurges(control);
  private final TenantTransitions transitions = new TenantTransitions(control);
  private final OperationStore operations = new OperationStore(control);

  @Test
  void aTenantIsSuspendedAndResumedOnceHoweverOftenItIsAskedFor() throws SQLException {
    Tenant tenant = in(TenantState.ACTIVE, "turned");
    Tenant suspended = lifecycle.suspend(tenant.slug(), ALICE);
    assertThat(suspended.state()).isEqualTo(TenantState.SUSPENDED);
    assertThat(lifecycle.suspend(tenant.slug(), ALICE)).isEqualTo(suspended);
    assertThat(lifecycle.resume(tenant.slug(), ALICE).state()).isEqualTo(TenantState.ACTIVE);
    assertThat(events(tenant))
        .endsWith("tenant.suspended|alice|request-1", "tenant.active|alice|request-1");
  }

  @ParameterizedTest
  @EnumSource(names = {"PROVISIONING", "RESTORING", "PENDING", "FAILED"})
  void nobodyTurnsWhatThePlatformIsAtWorkOn(TenantState state) {
    Tenant tenant = in(state, "busy-" + state);
    refused(ErrorCode.TENANT_STATE_CONFLICT, () -> lifecycle.suspend(tenant.slug(), ALICE));
    refused(ErrorCode.TENANT_STATE_CONFLICT, () -> lifecycle.resume(tenant.slug(), ALICE));
    if (state == TenantState.RESTORING) {
      refused(ErrorCode.TENANT_STATE_CONFLICT, () -> put(tenant.slug(), true, null));
    }
  }

  @Test
  void deletionIsRefusedWhileTheTenantIsProtectedAndOfAVersionThatIsOld() {
    Tenant tenant = in(TenantState.ACTIVE, "protected");
    put(tenant.slug(), null, true);
    refused(ErrorCode.DELETION_PROTECTED, () -> lifecycle.delete(tenant.slug(), null, ALICE));
    Tenant cleared = put(tenant.slug(), null, false);
    refused(
        ErrorCode.PRECONDITION_FAILED,
        () -> lifecycle.delete(tenant.slug(), cleared.version() - 1, ALICE));
    assertThat(lifecycle.delete(tenant.slug(), cleared.version(), ALICE).tenant().state())
        .isEqualTo(TenantState.OFFBOARDING);
  }

  @Test
  void aPutNeverReplacesATenantThatIsOnItsWayOut() {
    Tenant tenant = in(TenantState.ACTIVE, "replaced");
    lifecycle.delete(tenant.slug(), null, ALICE);
    refused(ErrorCode.TENANT_STATE_CONFLICT, () -> put(tenant.slug(), null, true));
    transitions.move(tenant.id(), TenantState.RETAINED, ALICE);
    refused(ErrorCode.SLUG_RETAINED, () -> put(tenant.slug(), null, true));
    assertThat(tenants.findBySlug(tenant.slug()).orElseThrow().id()).isEqualTo(tenant.id());
  }

  @ParameterizedTest
  @EnumSource(TenantState.class)
  void deletionGoesByTheTable(TenantState state) {
    if (state == TenantState.PURGED) {
      refused(ErrorCode.NOT_FOUND, () -> lifecycle.delete(slug("never-there"), null, ALICE));
      return;
    }
    Tenant tenant = in(state, "gone-" + state);
    if (state == TenantState.OFFBOARDING || state.mayBecome(TenantState.OFFBOARDING)) {
      Started started = lifecycle.delete(tenant.slug(), null, ALICE);
      assertThat(started.tenant().state()).isEqualTo(TenantState.OFFBOARDING);
      assertThat(started.operation().kind()).isEqualTo(OperationKind.OFFBOARD);
      assertThat(started.tenant().end().deletedAt()).isNotNull();
      assertThat(lifecycle.delete(tenant.slug(), null, ALICE)).isEqualTo(started);
    } else {
      refused(ErrorCode.TENANT_STATE_CONFLICT, () -> lifecycle.delete(tenant.slug(), null, ALICE));
    }
  }

  @Test
  void aTenantDeletedBeforeItWasMadeIsNotMadeAnyMore() {
    Tenant tenant = in(TenantState.PENDING, "early-end");
    Operation making = operations.unfinished(tenant.id()).orElseThrow();
    lifecycle.delete(tenant.slug(), null, ALICE);
    Operation overtaken = operations.find(making.id()).orElseThrow();
    assertThat(overtaken.state()).isEqualTo(OperationState.FAILED);
    assertThat(overtaken.errorCode()).isEqualTo("tenant_state_conflict");
    SeenCodes.saw("tenant_state_conflict");
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "FAILED", "ACTIVE", "SUSPENDED"})
  void undeleteBringsBackTheStateItHad(TenantState state) throws SQLException {
    Tenant tenant = retained(state, "back-" + state);
    assertThat(tenant.end().purgeAfter())
        .isAfter(Instant.now().plus(Duration.ofDays(29)))
        .isBefore(Instant.now().plus(Duration.ofDays(31)));
    Tenant back = lifecycle.undelete(tenant.slug(), ALICE);
    assertThat(back.state()).isEqualTo(state == TenantState.PENDING ? TenantState.FAILED : state);
    assertThat(back.end().purgeAfter()).isNull();
    assertThat(back.end().deletedAt()).isNull();
    assertThat(events(tenant).getLast())
        .isEqualTo("tenant." + back.state().name().toLowerCase(Locale.ROOT) + "|alice|request-1");
    refused(ErrorCode.TENANT_STATE_CONFLICT, () -> lifecycle.undelete(tenant.slug(), ALICE));
  }

  @Test
  void everyTransitionIsOneEventInTheAudit() throws SQLException {
    Tenant tenant = retained(TenantState.ACTIVE, "told");
    lifecycle.undelete(tenant.slug(), ALICE);
    lifecycle.suspend(tenant.slug(), ALICE);
    assertThat(events(tenant).stream().map(event -> event.replaceAll("\\|.*", "")))
        .containsExactly(
            "tenant.create",
            "tenant.update",
            "tenant.provisioning",
            "tenant.active",
            "tenant.offboarding",
            "tenant.retained",
            "tenant.active",
            "tenant.suspended");
  }

  @Test
  void retryAnswersWhatIsUnderWayAndBeginsAnewWhatFailed() {
    Tenant pending = in(TenantState.PENDING, "retry-pending");
    Operation making = operations.unfinished(pending.id()).orElseThrow();
    assertThat(lifecycle.retry(pending.slug(), ALICE).operation()).isEqualTo(making);

    Tenant failed = in(TenantState.FAILED, "retry-failed");
    end(failed);
    Started again = lifecycle.retry(failed.slug(), ALICE);
    assertThat(again.operation().kind()).isEqualTo(OperationKind.PROVISION);
    assertThat(again.operation().state()).isEqualTo(OperationState.QUEUED);

    Tenant leaving = in(TenantState.OFFBOARDING, "retry-leaving");
    end(leaving);
    assertThat(lifecycle.retry(leaving.slug(), ALICE).operation().kind())
        .isEqualTo(OperationKind.OFFBOARD);
    refused(
        ErrorCode.TENANT_STATE_CONFLICT,
        () -> lifecycle.retry(in(TenantState.ACTIVE, "retry-active").slug(), ALICE));
  }

  @Test
  void aHoldKeepsATenantFromBeingPurged() throws SQLException {
    Tenant tenant = retained(TenantState.ACTIVE, "held");
    over(tenant);
    Tenant held = purges.hold(tenant.slug(), "Case 17", ALICE);
    assertThat(Objects.requireNonNull(held.end().hold()).reason()).isEqualTo("Case 17");
    assertThat(purges.hold(tenant.slug(), "Case 17", ALICE)).isEqualTo(held);
    refused(ErrorCode.LEGAL_HOLD, () -> purges.purge(tenant.slug(), ALICE));
    assertThat(purges.purgeDue(Duration.ZERO, 100, ALICE))
        .noneMatch(s -> s.tenant().id().equals(tenant.id()));
    assertThat(purges.release(tenant.slug(), ALICE).end().hold()).isNull();
    assertThat(purges.release(tenant.slug(), ALICE).end().hold()).isNull();
    assertThat(events(tenant))
        .endsWith("tenant.hold|alice|request-1", "tenant.release|alice|request-1");
    Started purge = purges.purge(tenant.slug(), ALICE);
    assertThat(purge.operation().kind()).isEqualTo(OperationKind.PURGE);
    assertThat(purges.purge(tenant.slug(), ALICE).operation()).isEqualTo(purge.operation());
    refused(ErrorCode.TENANT_STATE_CONFLICT, () -> lifecycle.undelete(tenant.slug(), ALICE));
  }

  @Test
  void aTenantIsPurgedWhenItsRetentionIsOverAndNotBefore() throws SQLException {
    Tenant tenant = retained(TenantState.ACTIVE, "in-time");
    refused(ErrorCode.RETENTION_NOT_OVER, () -> purges.purge(tenant.slug(), ALICE));
    assertThat(purges.purgeDue(Duration.ZERO, 100, ALICE))
        .noneMatch(s -> s.tenant().id().equals(tenant.id()));
    over(tenant);
    assertThat(purges.purgeDue(Duration.ZERO, 100, ALICE))
        .anyMatch(s -> s.tenant().id().equals(tenant.id()));
    assertThat(purges.purgeDue(Duration.ZERO, 100, ALICE))
        .noneMatch(s -> s.tenant().id().equals(tenant.id()));
    refused(
        ErrorCode.TENANT_STATE_CONFLICT,
        () -> purges.purge(in(TenantState.ACTIVE, "in-use").slug(), ALICE));
  }

  @Test
  void theSlugOfAPurgedTenantIsFreeAfterItsQuarantine() {
    Tenant tenant = retained(TenantState.ACTIVE, "used-before");
    transitions.move(tenant.id(), TenantState.PURGED, ALICE);
    assertThat(tenants.findBySlug(tenant.slug())).isEmpty();
    refused(ErrorCode.SLUG_QUARANTINED, () -> put(tenant.slug(), null, null));
    Tenant next =
        new TenantStore(control, Duration.ZERO)
            .put(TenantSpec.of(tenant.slug(), "Next"), null, false, ALICE)
            .tenant();
    assertThat(next.id()).isNotEqualTo(tenant.id());
    assertThat(tenants.findById(tenant.id()).orElseThrow().state()).isEqualTo(TenantState.PURGED);
  }

  @Test
  void nobodyFindsACanaryToEndIt() {
    platform.provisioner().provisionCanaries();
    for (TenantSlug canary : Canaries.PAIR) {
      refused(ErrorCode.NOT_FOUND, () -> lifecycle.suspend(canary, ALICE));
      refused(ErrorCode.NOT_FOUND, () -> lifecycle.delete(canary, null, ALICE));
      refused(ErrorCode.NOT_FOUND, () -> lifecycle.retry(canary, ALICE));
      refused(ErrorCode.NOT_FOUND, () -> purges.hold(canary, "why", ALICE));
      refused(ErrorCode.NOT_FOUND, () -> purges.purge(canary, ALICE));
      assertThat(tenants.findCanary(canary).orElseThrow().state()).isEqualTo(TenantState.ACTIVE);
    }
  }

  /** By the moves of the table, without what they stand for; never protected. */
  private Tenant in(TenantState state, String name) {
    TenantSlug slug = slug(name);
    put(slug, null, null);
    Tenant tenant = put(slug, null, false);
    List<TenantState> path =
        switch (state) {
          case PENDING, PURGED -> List.of();
          case PROVISIONING -> List.of(TenantState.PROVISIONING);
          case FAILED -> List.of(TenantState.PROVISIONING, TenantState.FAILED);
          case ACTIVE -> List.of(TenantState.PROVISIONING, TenantState.ACTIVE);
          case SUSPENDED, RESTORING -> List.of(TenantState.PROVISIONING, TenantState.ACTIVE, state);
          case OFFBOARDING -> List.of(TenantState.OFFBOARDING);
          case RETAINED -> List.of(TenantState.OFFBOARDING, TenantState.RETAINED);
        };
    for (TenantState next : path) {
      tenant = transitions.move(tenant.id(), next, ALICE);
    }
    if (state != TenantState.PENDING) {
      end(tenant);
    }
    return tenant;
  }

  /** Ends the unfinished operation, as a worker would. */
  private void end(Tenant tenant) {
    operations
        .unfinished(tenant.id())
        .ifPresent(
            operation -> {
              operations.claim(operation.id(), "test", Duration.ofSeconds(30));
              operations.fail(operation.id(), "test", ErrorCode.INTERNAL_ERROR, "test");
            });
  }

  private Tenant retained(TenantState before, String name) {
    Tenant tenant = in(before, name);
    lifecycle.delete(tenant.slug(), null, ALICE);
    end(tenant);
    return transitions.move(tenant.id(), TenantState.RETAINED, ALICE);
  }

  private void over(Tenant tenant) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(
          superuser,
          "update tenantry_control.tenants set purge_after = now() where id = '"
              + tenant.id()
              + "'");
    }
  }

  private Tenant put(TenantSlug slug, @Nullable Boolean suspended, @Nullable Boolean protection) {
    return tenants
        .put(
            new TenantSpec(slug, null, null, null, null, suspended, protection, null),
            null,
            false,
            ALICE)
        .tenant();
  }

  private List<String> events(Tenant tenant) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      return TestPlatform.rows(
          superuser,
          "select action, actor, request_id from tenantry_control.audit_events where tenant_id = '"
              + tenant.id()
              + "' order by occurred_at, id");
    }
  }

  private static TenantSlug slug(String name) {
    return new TenantSlug(name.toLowerCase(Locale.ROOT));
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            TenantryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              SeenCodes.saw(e.code());
            });
  }
}

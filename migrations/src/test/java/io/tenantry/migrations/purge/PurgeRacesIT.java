package io.tenantry.migrations.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.EndRecord;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationRuns;
import io.tenantry.control.MigrationTask;
import io.tenantry.control.MigrationWork;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStep;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantCertificates;
import io.tenantry.control.TenantEnd;
import io.tenantry.control.TenantLifecycle;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What commits behind the search for residue would be certified as gone. */
class PurgeRacesIT {

  private final Purging purging = new Purging("purge_races");
  private final TestPlatform platform = purging.platform;

  @Test
  void aTransactionThatIsOlderThanThePurgeIsWaitedForAndItsRowsGoToo() throws SQLException {
    Tenant tenant = purging.full("outlasting");
    try (Connection request = platform.login("tenantry_app_a")) {
      request.setAutoCommit(false);
      TestPlatform.execute(request, "set local role " + TenantNames.role(tenant.id()));
      TestPlatform.enter(request, platform.signer().sign(tenant.id()));
      // Offboarding gives up waiting for it: that loses nothing.
      Tenant retained = retainedBeside(tenant);
      Operation operation = purging.purge(retained);
      waitsIn(operation, "transactions-ended", "1 transaction that may be of the tenant");
      TestPlatform.execute(request, Purging.report(tenant.id()));
      assertThat(state(tenant)).isEqualTo(TenantState.RETAINED);
      request.commit();
      purging.ended(operation);
    }
    assertThat(reports(tenant)).isEqualTo("0");
    assertThat(certificate(tenant))
        .contains("{\"place\":\"tenantry_api.research_reports\",\"rows\":3,");
  }

  /** Of whatever tenant: nobody can tell, and it might never end. */
  @Test
  void whileATransactionIsWaitedForItCanStillBeHeldAndThenBroughtBack() throws SQLException {
    Tenant tenant = purging.retained("held-meanwhile");
    try (Connection request = platform.login("tenantry_app_a")) {
      request.setAutoCommit(false);
      TestPlatform.execute(request, "select 1");
      Operation operation = purging.purge(tenant);
      waitsIn(operation, "transactions-ended", "1 transaction that may be of the tenant");
      assertThat(end(tenant).purgeBegunAt()).isNull();

      purging.purges.hold(tenant.slug(), "Case 17", Purging.TEST);

      assertThat(purging.failed(operation).errorCode()).isEqualTo(ErrorCode.LEGAL_HOLD.id());
      new TenantLifecycle(purging.control).undelete(tenant.slug(), Purging.TEST);
      assertThat(state(tenant)).isEqualTo(TenantState.ACTIVE);
      assertThat(reports(tenant)).isEqualTo("2");
    }
  }

  @Test
  void aHoldThatComesBetweenTheWaitAndTheRemovalStillCounts() {
    Tenant tenant = purging.retained("held-between");
    Operation claimed =
        purging
            .operations
            .claim(purging.purge(tenant).id(), "w", Duration.ofMinutes(1))
            .orElseThrow();
    EndRecord record = new EndRecord(purging.control);
    record.beginPurge(claimed, "w");
    purging.purges.hold(tenant.slug(), "Case 17", Purging.TEST);

    assertThatThrownBy(() -> record.beginRemoval(claimed, "w"))
        .isInstanceOfSatisfying(
            TenantryException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.LEGAL_HOLD));

    assertThat(end(tenant).purgeBegunAt()).isNull();
    purging.purges.release(tenant.slug(), Purging.TEST);
    assertThat(record.beginRemoval(claimed, "w").end().purgeBegunAt()).isNotNull();
    assertThatThrownBy(() -> purging.purges.hold(tenant.slug(), "Case 17", Purging.TEST))
        .hasMessageContaining("its purge has begun");
    record.fail(claimed, "w", ErrorCode.OPERATION_FAILED, "for the test");
  }

  @Test
  void whatAnInstanceThatFeltNothingLeftBeforeTheRoleWasGoneGoesToo() throws SQLException {
    Tenant tenant = purging.retained("unfelt");
    try (Connection request = platform.login("tenantry_app_a")) {
      request.setAutoCommit(false);
      Operation operation = purging.purge(tenant);
      // Another worker's: it stops where nothing is dropped yet.
      stopsBehind(operation, "shared-rows");
      TestPlatform.execute(request, "set local role " + TenantNames.role(tenant.id()));
      TestPlatform.enter(request, platform.signer().sign(tenant.id()));
      TestPlatform.execute(request, Purging.report(tenant.id()));
      waitsIn(operation, "late-rows", "1 transaction that may be of the tenant");
      request.commit();
      purging.ended(operation);
    }
    assertThat(reports(tenant)).isEqualTo("0");
    assertThat(certificate(tenant)).isNotEmpty();
  }

  @Test
  void aRunIsGivenNoTenantThatIsGone() throws SQLException {
    Tenant tenant = purging.retained("run-over");
    MigrationRuns runs = new MigrationRuns(purging.control);
    MigrationWork work = new MigrationWork(purging.control);
    MigrationRun run = runs.request(MigrationRequest.up(), Purging.TEST);
    purging.superuser(
        "update tenantry_control.migration_runs set state = 'RUNNING', worker = 'w',"
            + " lease_until = now() + interval '1 hour' where id = '"
            + run.id()
            + "'");
    MigrationTask task = new MigrationTask(tenant.id(), 0, "", "", 0);
    work.add(run.id(), "w", List.of(task));
    assertThat(runs.results(run.id(), null, 10, null)).hasSize(1);

    purging.ended(purging.purge(tenant));
    work.add(run.id(), "w", List.of(task));

    assertThat(runs.results(run.id(), null, 10, null)).isEmpty();
  }

  private Tenant retainedBeside(Tenant tenant) {
    Provisioner hasty =
        PlatformSetup.provisioner(
            purging.control,
            platform::as,
            platform.signer(),
            platform.credentials(),
            Duration.ofSeconds(30),
            Duration.ZERO,
            Duration.ZERO);
    return purging.retired(tenant, hasty);
  }

  /** It has not ended, and its step says what it waits for. */
  private void waitsIn(Operation operation, String step, String why) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              purging.provisioner.runNext();
              OperationStep last = purging.operations.steps(operation.id()).getLast();
              assertThat(last.name()).isEqualTo(step);
              assertThat(last.detail()).startsWith(why).contains("process ");
            });
    assertThat(purging.operations.find(operation.id()).orElseThrow().state())
        .isEqualTo(OperationState.QUEUED);
  }

  private void stopsBehind(Operation operation, String step) {
    DutyDataSource migrator = platform.as(Duty.MIGRATE);
    Purge whole =
        new Purge(
            purging.control,
            migrator,
            platform.as(Duty.BACKUP),
            platform.as(Duty.MONITOR),
            platform.signer(),
            platform.credentials());
    List<String> names = whole.steps(operation).stream().map(one -> one.name()).toList();
    Provisioner doomed =
        new Provisioner(
            purging.control,
            migrator,
            platform.as(Duty.APP),
            platform.signer(),
            Duration.ofMillis(300),
            new DeadlyProcedure(whole, names.indexOf(step), Killed::new));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              try {
                doomed.runNext();
                return false;
              } catch (Killed e) {
                return true;
              }
            });
  }

  private static final class Killed extends Error {}

  private TenantEnd end(Tenant tenant) {
    return purging.tenants.findById(tenant.id()).orElseThrow().end();
  }

  private TenantState state(Tenant tenant) {
    return purging.tenants.findById(tenant.id()).orElseThrow().state();
  }

  private String certificate(Tenant tenant) {
    return new TenantCertificates(purging.control).find(tenant.slug()).orElseThrow().json();
  }

  private String reports(Tenant tenant) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      return TestPlatform.rows(
              superuser,
              "select count(*) from tenantry_api.research_reports where tenant_id = '"
                  + tenant.id()
                  + "'")
          .getFirst();
    }
  }
}

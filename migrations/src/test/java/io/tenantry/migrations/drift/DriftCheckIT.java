package io.tenantry.migrations.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.DriftRecord;
import io.tenantry.control.SchemaRegistry;
import io.tenantry.control.TenantSchema;
import io.tenantry.control.TenantStore;
import io.tenantry.control.catalog.CatalogScan;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriftCheckIT {

  private static final String PLANT = "alter table <acme>.desk_orders add note text";
  private static final String MEND = "alter table <acme>.desk_orders drop note";

  private final CatalogScan scan = new CatalogScan(Drifting.PLATFORM.as(Duty.CONTROL));

  @AfterEach
  void everythingIsAsItShouldBeAgain() throws SQLException {
    Drifting.asSuperuser("alter table <acme>.desk_orders drop column if exists note");
    assertThat(Drifting.check(false).all(DriftListener.NONE).clean()).isTrue();
    assertThat(quarantined(Drifting.ACME)).isFalse();
  }

  @Test
  void whatIsAsItShouldBeIsWrittenDownAndToldOnTheWay() {
    List<String> progress = new ArrayList<>();
    DriftReport report = Drifting.check(true).all((done, all) -> progress.add(done + " of " + all));
    assertThat(report.clean()).isTrue();
    assertThat(report.results())
        .extracting(DriftResult::tenant)
        .contains(Drifting.ACME, Drifting.GLOBEX);
    int all = report.results().size();
    assertThat(progress).last().isEqualTo(all + " of " + all);
    TenantSchema registered = registered(Drifting.ACME);
    assertThat(registered.fingerprint()).isEqualTo(Drifting.GOLDEN.fingerprint(Drifting.PLAN));
    assertThat(registered.drifted()).isFalse();
  }

  @Test
  void aTenantThatHasDriftedIsQuarantinedUntilItIsMendedAndTheOthersAreNot() throws SQLException {
    Drifting.asSuperuser(PLANT);

    DriftReport report = Drifting.check(true).all(DriftListener.NONE);

    assertThat(report.clean()).isFalse();
    assertThat(report.in(DriftState.DRIFTED))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.tenant()).isEqualTo(Drifting.ACME);
              assertThat(result.version()).isEqualTo(Drifting.PLAN.version());
              assertThat(result.deviations())
                  .containsExactly(new Deviation("column", "desk_orders.note", "text", null));
            });
    assertThat(registered(Drifting.ACME).drifted()).isTrue();
    assertThat(quarantined(Drifting.ACME)).isTrue();
    assertThat(quarantined(Drifting.GLOBEX)).isFalse();
    assertThat(scan.drifted()).isEmpty();

    // A second look finds the same, and changes nothing.
    assertThat(Drifting.check(true).one(Drifting.ACME).state()).isEqualTo(DriftState.DRIFTED);
    assertThat(actions(Drifting.ACME)).last().isEqualTo("tenant.quarantine");

    Drifting.asSuperuser(MEND);
    assertThat(Drifting.check(true).one(Drifting.ACME).state()).isEqualTo(DriftState.SAME);
    assertThat(quarantined(Drifting.ACME)).isFalse();
    assertThat(registered(Drifting.ACME).drifted()).isFalse();
    assertThat(actions(Drifting.ACME)).endsWith("tenant.quarantine", "tenant.unquarantine");
  }

  @Test
  void withoutQuarantineItIsAFindingThatStopsAStart() throws SQLException {
    Drifting.asSuperuser(PLANT);
    assertThat(scan.drifted()).isEmpty();

    Drifting.check(false).all(DriftListener.NONE);

    assertThat(quarantined(Drifting.ACME)).isFalse();
    assertThat(scan.drifted())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(FindingCode.SCHEMA_DRIFTED);
              assertThat(finding.unsafe()).isTrue();
              assertThat(finding.object()).isEqualTo(TenantNames.schema(Drifting.ACME));
              assertThat(finding.detail()).contains(Drifting.PLAN.version());
            });
    Drifting.asSuperuser(MEND);
    Drifting.check(false).all(DriftListener.NONE);
    assertThat(scan.drifted()).filteredOn(Finding::unsafe).isEmpty();
  }

  @Test
  void aQuarantineForAnotherReasonStays() throws SQLException {
    Drifting.asSuperuser(
        "update tenantry_control.tenants set quarantined = true where slug = 'acme'");
    Drifting.asSuperuser(PLANT);
    assertThat(Drifting.check(true).one(Drifting.ACME).state()).isEqualTo(DriftState.DRIFTED);
    Drifting.asSuperuser(MEND);
    assertThat(Drifting.check(true).one(Drifting.ACME).state()).isEqualTo(DriftState.SAME);
    assertThat(quarantined(Drifting.ACME)).isTrue();
    Drifting.asSuperuser(
        "update tenantry_control.tenants set quarantined = false where slug = 'acme'");
  }

  @Test
  void whatSomebodyIsChangingIsBusyAndNotJudged() throws SQLException {
    Drifting.asSuperuser(PLANT);
    try (Connection other = Drifting.PLATFORM.superuser()) {
      other.setAutoCommit(false);
      TestPlatform.execute(
          other,
          "select from tenantry_control.tenant_schemas where tenant_id = '"
              + Drifting.ACME
              + "' for update");
      assertThat(Drifting.check(true).one(Drifting.ACME).state()).isEqualTo(DriftState.BUSY);
      other.rollback();
      TestPlatform.execute(
          other,
          Drifting.named("select pg_advisory_xact_lock(" + 0x6d69_6772 + ", hashtext('<acme>'))"));
      assertThat(Drifting.check(true).one(Drifting.ACME).state()).isEqualTo(DriftState.BUSY);
      other.rollback();
      if (Drifting.PLATFORM.postgres().majorVersion() >= 18) {
        TestPlatform.execute(other, Drifting.named("lock table <acme>.desk_orders"));
        DriftReport report = Drifting.check(true).all(DriftListener.NONE);
        assertThat(report.in(DriftState.BUSY))
            .extracting(DriftResult::tenant)
            .containsExactly(Drifting.ACME);
        assertThat(report.in(DriftState.SAME))
            .extracting(DriftResult::tenant)
            .contains(Drifting.GLOBEX);
        other.rollback();
      }
    }
    assertThat(quarantined(Drifting.ACME)).isFalse();
    assertThat(registered(Drifting.ACME).drifted()).isFalse();
  }

  /** Brought up and taken back in between, it has the same version and was changed all the same. */
  @Test
  void aLookFromBeforeAChangeSaysNothingOfTheSchemaBehindIt() throws SQLException {
    DriftRecord record = new DriftRecord(Drifting.PLATFORM.as(Duty.CONTROL));
    TenantSchema before = registered(Drifting.ACME);
    Drifting.asSuperuser(
        "update tenantry_control.tenant_schemas set changed_at = clock_timestamp()"
            + " where tenant_id = '"
            + Drifting.ACME
            + "'");

    record.asExpected(List.of(new DriftRecord.AsExpected(before, "of before")));
    assertThat(registered(Drifting.ACME).fingerprint()).isNotEqualTo("of before");

    record.asExpected(
        List.of(new DriftRecord.AsExpected(registered(Drifting.ACME), "of behind it")));
    assertThat(registered(Drifting.ACME).fingerprint()).isEqualTo("of behind it");
  }

  @Test
  void aVersionOfAnotherBuildIsNotJudged() throws SQLException {
    Drifting.asSuperuser(version("tenant-9999-of-tomorrow"));
    try {
      assertThat(Drifting.check(true).one(Drifting.ACME).state())
          .isEqualTo(DriftState.UNKNOWN_VERSION);
      assertThat(quarantined(Drifting.ACME)).isFalse();
    } finally {
      Drifting.asSuperuser(version(Drifting.PLAN.version()));
    }
  }

  /** A changeset that was changed after it ran would make every tenant look wrong. */
  @Test
  void whatThisBuildKnowsByAnotherTextIsNotJudgedAndNobodyIsQuarantined() throws SQLException {
    List<ChangeSet> changes = new ArrayList<>(Drifting.PLAN.changeSets());
    String last = changes.removeLast().id();
    changes.add(PlantedDriftIT.change(last, "alter table desk_orders add changed text", true));
    DriftCheck check =
        new DriftCheck(
            Drifting.PLATFORM.as(Duty.CONTROL), Drifting.GOLDEN, () -> new Plan(changes), true);

    DriftReport report = check.all(DriftListener.NONE);

    assertThat(report.results())
        .extracting(DriftResult::state)
        .containsOnly(DriftState.UNKNOWN_VERSION);
    assertThat(check.one(Drifting.ACME).state()).isEqualTo(DriftState.UNKNOWN_VERSION);
    assertThat(quarantined(Drifting.ACME)).isFalse();
  }

  /** The registry says another version than the schema has. */
  @Test
  void aVersionThatTheSchemaHasNotIsDrift() throws SQLException {
    Drifting.asSuperuser(version(Drifting.PLAN.first(3)));
    try {
      DriftResult result = Drifting.check(false).one(Drifting.ACME);
      assertThat(result.state()).isEqualTo(DriftState.DRIFTED);
      assertThat(result.deviations())
          .extracting(Deviation::toString)
          .contains("table desk_fills is not expected", "table audit_events is not expected");
    } finally {
      Drifting.asSuperuser(version(Drifting.PLAN));
    }
  }

  /** As one that is made ahead: it is in no directory, so it cannot be quarantined. */
  @Test
  void aSchemaThatIsMissingIsDriftAndATenantThatIsNotRegisteredIsGone() throws SQLException {
    TenantId nobody = new TenantId(UUID.randomUUID());
    Drifting.asSuperuser(
        "insert into tenantry_control.tenant_schemas (tenant_id, version) values ('"
            + nobody
            + "', '"
            + Drifting.PLAN.version()
            + "')");
    try {
      DriftResult result = Drifting.check(true).one(nobody);
      assertThat(result.state()).isEqualTo(DriftState.DRIFTED);
      assertThat(result.deviations())
          .extracting(Deviation::toString)
          .containsExactly("schema " + TenantNames.schema(nobody) + " is missing");
    } finally {
      Drifting.asSuperuser(
          "delete from tenantry_control.tenant_schemas where tenant_id = '" + nobody + "'");
    }
    assertThat(Drifting.check(true).one(nobody).state()).isEqualTo(DriftState.GONE);
  }

  private static String version(Plan plan) {
    return version(plan.version())
        .replace(" where", ", history_hash = '" + plan.historyHash() + "' where");
  }

  private static String version(String version) {
    return "update tenantry_control.tenant_schemas set version = '"
        + version
        + "' where tenant_id = '"
        + Drifting.ACME
        + "'";
  }

  private static TenantSchema registered(TenantId tenant) {
    return new SchemaRegistry(Drifting.PLATFORM.as(Duty.CONTROL)).find(tenant).orElseThrow();
  }

  private static boolean quarantined(TenantId tenant) {
    return new TenantStore(Drifting.PLATFORM.as(Duty.CONTROL))
        .findById(tenant)
        .orElseThrow()
        .quarantined();
  }

  private static List<String> actions(TenantId tenant) throws SQLException {
    try (Connection superuser = Drifting.PLATFORM.superuser()) {
      return TestPlatform.rows(
          superuser,
          "select action from tenantry_control.audit_events where tenant_id = '"
              + tenant
              + "' and action like '%quarantine' order by occurred_at, id");
    }
  }
}

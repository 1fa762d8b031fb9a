package io.tenantry.migrations.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.ApiClientStore;
import io.tenantry.control.By;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationStep;
import io.tenantry.control.OperationStore;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantCertificates;
import io.tenantry.control.TenantLifecycle;
import io.tenantry.control.TenantPurges;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.control.certificate.Certificates;
import io.tenantry.control.certificate.PurgeCertificate;
import io.tenantry.control.certificate.SignedCertificate;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.provisioning.Procedure;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.SeenCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PurgeIT {

  private static final By TEST = Purging.TEST;

  private final Purging purging = new Purging("purge");
  private final TestPlatform platform = purging.platform;
  private final DutyDataSource control = purging.control;
  private final OperationStore operations = purging.operations;
  private final TenantStore tenants = purging.tenants;
  private final TenantPurges purges = purging.purges;
  private final TenantCertificates certificates = new TenantCertificates(control);

  /** Not an exception: what a killed process leaves is what this leaves. */
  private static final class Killed extends Error {}

  @Test
  void aPurgeRemovesAllOfTheTenantAndNothingOfItsNeighbour() throws SQLException {
    Tenant neighbour = full("neighbour");
    Tenant tenant = retained("removed");
    Operation operation = purge(tenant);
    ended(operation);

    assertThat(operations.steps(operation.id()))
        .extracting(OperationStep::name)
        .containsExactly(
            "signing-key",
            "transactions-ended",
            "inventory",
            "clients",
            "shared-rows",
            "schema",
            "role",
            "late-rows",
            "names",
            "residue",
            "purged");
    Tenant tombstone = tenants.findById(tenant.id()).orElseThrow();
    assertThat(tombstone.state()).isEqualTo(TenantState.PURGED);
    assertThat(tombstone.slug().value()).isEqualTo("purged-" + TenantNames.register(tenant.id()));
    try (Connection superuser = platform.superuser()) {
      String hex = TenantNames.register(tenant.id());
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select rolname from pg_roles where rolname like '%"
                      + hex
                      + "%'"
                      + " union all select nspname from pg_namespace where nspname like '%"
                      + hex
                      + "%' union all select tenant_id::text from tenantry_api.research_reports"
                      + " where tenant_id = '"
                      + tenant.id()
                      + "'"
                      + " union all select client_id from tenantry_control.api_clients"
                      + " where tenant_id = '"
                      + tenant.id()
                      + "'"
                      + " union all select version from tenantry_control.tenant_schemas"
                      + " where tenant_id = '"
                      + tenant.id()
                      + "'"))
          .isEmpty();
    }
    assertThat(orders(neighbour)).isEqualTo("3");
    assertThat(new ApiClientStore(control).find("neighbour-client")).isPresent();
  }

  @Test
  void everyPlaceThatIsSearchedShowsWhatThereIsOfALivingTenant() throws Exception {
    Tenant tenant = full("alive");
    Operation any = purges.preview(retained("any").slug(), TEST).operation();
    try (Connection control = platform.login("tenantry_control_a")) {
      TestPlatform.execute(
          control,
          "insert into tenantry_control.idempotency_keys (caller, key, request_hash, status,"
              + " headers, body, created_at) values ('c', 'alive', sha256(''), 202, 'Location:"
              + " /admin/v1/tenants/alive/clients/x', '', now() - interval '1 hour')");
    }
    Path secret = secretOf(tenant);
    for (ResidueSource source : Residue.sources(platform.credentials())) {
      assertThat(found(source, tenant, any)).as(source.place()).isNotEmpty();
    }
    Files.delete(secret);
    ended(any);
  }

  @Test
  void theCertificateSaysWhatWasRemovedAndIsBelievedByItsKeyAlone() {
    Tenant tenant = retained("certified");
    Operation operation = purge(tenant);
    ended(operation);
    SignedCertificate signed = certificates.find(tenant.slug()).orElseThrow();
    Certificates.verify(signed, platform.credentials().certificateKey().getPublic());
    assertThat(certificates.find(tenants.findById(tenant.id()).orElseThrow().slug()))
        .contains(signed);
    assertThat(signed.json())
        .contains("\"tenantId\":\"" + tenant.id() + "\"")
        .contains("\"slugSha256\":\"" + PurgeCertificate.hash("certified") + "\"")
        .contains("{\"place\":\"tenant.desk_orders\",\"rows\":3,\"sha256\":\"")
        .contains("{\"place\":\"tenantry_api.research_reports\",\"rows\":2,\"sha256\":\"")
        .contains("{\"place\":\"tenantry_control.api_clients\",\"rows\":1,\"sha256\":\"")
        .contains("\"searched\":[\"roles\",\"memberships\",")
        .contains("{\"place\":\"tenantry_control.audit_events\",\"what\":\"")
        .contains("\"operationId\":\"" + operation.id() + "\"")
        .doesNotContain("\"certified\"", "certified-client", "Title");
  }

  @Test
  void aTenantThatWasNeverMadeIsPurgedToo() {
    TenantSlug slug = new TenantSlug("never-made");
    tenants.put(new TenantSpec(slug, null, null, null, null, null, false, 0), null, false, TEST);
    ended(new TenantLifecycle(control).delete(slug, null, TEST).operation());
    ended(purge(tenants.findBySlug(slug).orElseThrow()));
    assertThat(certificates.find(slug).orElseThrow().json()).contains("\"removed\":[]");
  }

  @Test
  void idsOfItsClientsAreNeverUsedAgain() {
    Tenant tenant = retained("retired");
    Tenant other = platform.provisioner().provisionNow("heir", "Heir");
    ended(purge(tenant));
    ApiClientStore clients = new ApiClientStore(control);
    assertThat(clients.find("retired-client")).isEmpty();
    assertThat(clients.insertIfAbsent("retired-client", other.id(), "hash", Set.of("tenant:read")))
        .isFalse();
  }

  @Test
  void aDryRunSaysWhatWouldGoAndChangesNothing() throws SQLException {
    Tenant tenant = retained("looked-at");
    purges.hold(tenant.slug(), "Case", TEST);
    Operation operation = purges.preview(tenant.slug(), TEST).operation();
    ended(operation);
    assertThat(operations.steps(operation.id()).getFirst().detail())
        .contains("would remove: ", "tenant.desk_orders 3", "tenantry_api.research_reports 2")
        .contains("tenantry_control.api_clients 1", "roles 1");
    assertThat(operations.steps(operation.id()).getLast().detail()).contains("held");
    assertThat(orders(tenant)).isEqualTo("3");
    assertThat(tenants.findById(tenant.id()).orElseThrow().state()).isEqualTo(TenantState.RETAINED);
  }

  @Test
  void whatIsLeftIsNamedAndKeepsTheTenantFromBeingPurged() throws SQLException {
    Tenant tenant = retained("residue");
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, words(PLANTED, tenant));
      try {
        Operation failed = failed(purge(tenant));
        assertThat(failed.errorCode()).isEqualTo(ErrorCode.PURGE_RESIDUE.id());
        SeenCodes.saw(ErrorCode.PURGE_RESIDUE);
        assertThat(failed.errorDetail())
            .startsWith("Step residue: ")
            .contains(
                words("role %role%_1;", tenant),
                words("role %app%;", tenant),
                words("membership of %app% in tenantry_tenant;", tenant),
                words("privilege of %app% on table tenantry_api.research_reports;", tenant),
                words("schema tenant_%hex%_old;", tenant),
                "1 rows in tenantry_api.strange",
                "2 rows in tenantry_api.research_reports",
                "1 rows in tenantry_control.idempotency_keys that name it");
        assertThat(tenants.findById(tenant.id()).orElseThrow().state())
            .isEqualTo(TenantState.RETAINED);
        assertThat(certificates.find(tenant.slug())).isEmpty();
      } finally {
        TestPlatform.execute(superuser, words(CLEAN, tenant));
      }
    }
    // Mended by hand, and asked for again: the inventory is still that of the first try.
    ended(purge(tenant));
    assertThat(certificates.find(tenant.slug()).orElseThrow().json())
        .contains("{\"place\":\"tenant.desk_orders\",\"rows\":3,");
  }

  private static final String PLANTED =
      """
      create role %role%_1;
      grant select on tenantry_api.research_reports to %app%;
      create schema tenant_%hex%_old;
      create table tenantry_api.strange (tenant_id uuid, x int);
      insert into tenantry_api.strange values ('%id%', 1);
      create function tenantry_api.keep() returns trigger language plpgsql
        as 'begin return null; end';
      create trigger keep before delete on tenantry_api.research_reports
        for each row when (old.tenant_id = '%id%') execute function tenantry_api.keep();
      create trigger keep before delete on tenantry_control.idempotency_keys
        for each row execute function tenantry_api.keep();
      insert into tenantry_control.idempotency_keys
        (caller, key, request_hash, status, headers, body, created_at)
        values ('c', '%id%', sha256(''), 200, '', '{"id":"%id%"}', now() - interval '1 hour');
      """;

  private static final String CLEAN =
      """
      drop trigger if exists keep on tenantry_api.research_reports;
      drop trigger if exists keep on tenantry_control.idempotency_keys;
      drop function if exists tenantry_api.keep();
      drop table if exists tenantry_api.strange;
      drop view if exists tenantry_api.kept;
      drop schema if exists tenant_%hex%_old;
      drop role if exists %role%_1;
      do $$ begin
        if exists (select from pg_roles where rolname = '%app%') then
          drop owned by %app%;
          revoke tenantry_reader from %app%;
        end if;
      end $$;
      """;

  private static String words(String sql, Tenant tenant) {
    String hex = TenantNames.register(tenant.id());
    return sql.replace("%role%", "ro_tenant_" + hex)
        .replace("%app%", TenantNames.role(tenant.id()))
        .replace("%hex%", hex)
        .replace("%id%", tenant.id().toString());
  }

  @Test
  void aSecretThatIsCalledAfterTheTenantIsFound() throws IOException {
    Tenant tenant = retained("secretly");
    Path secret = secretOf(tenant);
    assertThat(failed(purge(tenant)).errorDetail()).contains("secret login.ro_tenant_");
    Files.delete(secret);
    ended(purge(tenant));
  }

  private static Path secretOf(Tenant tenant) throws IOException {
    return Files.createFile(
        TestPlatform.secrets()
            .resolve("login.ro_tenant_" + TenantNames.register(tenant.id()) + "_1"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  @Test
  void killedBehindEachStepItIsResumedByAnotherWorkerEachTime() {
    Tenant tenant = retained("killed");
    Operation operation = purge(tenant);
    int steps = 10;
    // The first only looks for a key; an operation that dies ten times is given up.
    for (int step = 1; step < steps; step++) {
      Provisioner doomed =
          new Provisioner(
              control,
              platform.as(Duty.MIGRATE),
              platform.as(Duty.APP),
              platform.signer(),
              Duration.ofMillis(300),
              deadly(step));
      // The one before holds it until its lease has passed.
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
      assertThat(operations.find(operation.id()).orElseThrow().attempt()).isEqualTo(step);
    }
    assertThat(tenants.findById(tenant.id()).orElseThrow().end().purgeBegunAt()).isNotNull();
    ended(operation);
    assertThat(certificates.find(tenant.slug()).orElseThrow().json())
        .contains("{\"place\":\"tenant.desk_orders\",\"rows\":3,");
  }

  private Procedure deadly(int step) {
    Purge whole =
        new Purge(
            control,
            platform.as(Duty.MIGRATE),
            platform.as(Duty.BACKUP),
            platform.as(Duty.MONITOR),
            platform.signer(),
            platform.credentials());
    return new DeadlyProcedure(whole, step, Killed::new);
  }

  @Test
  void oneThatIsHeldAfterItWasAskedForIsNotPurged() throws SQLException {
    Tenant tenant = retained("held-late");
    Operation operation = purge(tenant);
    purges.hold(tenant.slug(), "Case 17", TEST);
    Operation failed = failed(operation);
    assertThat(failed.errorCode()).isEqualTo(ErrorCode.LEGAL_HOLD.id());
    assertThat(orders(tenant)).isEqualTo("3");
    new TenantLifecycle(control).undelete(tenant.slug(), TEST);
    assertThat(tenants.findById(tenant.id()).orElseThrow().state()).isEqualTo(TenantState.ACTIVE);
  }

  @Test
  void manyTablesAreDroppedSomeAtATime() throws SQLException {
    Tenant tenant = retained("many-tables");
    try (Connection superuser = platform.superuser()) {
      StringBuilder sql = new StringBuilder("set role tenantry_owner;");
      for (int i = 0; i < 50; i++) {
        sql.append("create table %s.extra_%d (tenant_id uuid);".formatted(schema(tenant), i));
      }
      sql.append(
          "create view %s.seen as select * from %s.extra_1;"
              .formatted(schema(tenant), schema(tenant)));
      TestPlatform.execute(superuser, sql.toString());
    }
    Operation operation = purge(tenant);
    ended(operation);
    assertThat(operations.steps(operation.id()).get(5).detail()).matches("5\\d tables");
  }

  @Test
  void theScheduleAsksForThoseThatAreDue() {
    Tenant tenant = retained("scheduled");
    try (PurgeSchedule schedule =
        new PurgeSchedule(control, Duration.ZERO, Duration.ofMillis(50))) {
      schedule.start();
      await().until(() -> operations.unfinished(tenant.id()).isPresent());
    }
    ended(operations.unfinished(tenant.id()).orElseThrow());
    assertThat(certificates.find(tenant.slug())).isPresent();
  }

  @Test
  void theScheduleLeavesATenantAloneThatWasDeletedJustNow() {
    Tenant tenant = retained("by-mistake");
    try (PurgeSchedule schedule =
        new PurgeSchedule(control, Duration.ofDays(1), Duration.ofMillis(50))) {
      assertThat(schedule.ask()).isEmpty();
    }
    assertThat(operations.unfinished(tenant.id())).isEmpty();
    // Who asks by himself has looked.
    ended(purge(tenant));
  }

  private List<String> found(ResidueSource source, Tenant tenant, Operation operation)
      throws SQLException {
    try (Connection backup = platform.as(Duty.BACKUP).getConnection()) {
      return source.find(backup, new Subject(operation, tenant));
    }
  }

  private Tenant full(String name) {
    return purging.full(name);
  }

  private Tenant retained(String name) {
    return purging.retained(name);
  }

  private Operation purge(Tenant tenant) {
    return purging.purge(tenant);
  }

  private Operation failed(Operation operation) {
    return purging.failed(operation);
  }

  private void ended(Operation operation) {
    purging.ended(operation);
  }

  private String orders(Tenant tenant) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      return TestPlatform.rows(superuser, "select count(*) from " + schema(tenant) + ".desk_orders")
          .getFirst();
    }
  }

  private static String schema(Tenant tenant) {
    return TenantNames.schema(tenant.id());
  }
}

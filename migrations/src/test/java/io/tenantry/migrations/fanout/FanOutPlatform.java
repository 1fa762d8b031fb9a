package io.tenantry.migrations.fanout;

import io.tenantry.control.By;
import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationResult;
import io.tenantry.control.MigrationResultState;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationRuns;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.changelog.TenantMigration;
import io.tenantry.migrations.drift.DriftCheck;
import io.tenantry.migrations.drift.GoldenSchemas;
import io.tenantry.migrations.drift.WaveProof;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A platform, the same for all tests of this package, whose tenants have a small tree. The tenants
 * are in the directory, ACTIVE, and have schema and role, but no operation has made them: a
 * thousand take seconds.
 */
final class FanOutPlatform {

  static final By TESTER = new By("tester", null);

  private final TestPlatform platform;

  /**
   * As new: what earlier tests made is gone, but the directory's rows, under other slugs, and the
   * audit stay.
   */
  FanOutPlatform() throws SQLException {
    this.platform = TestPlatform.installed("fanout");
    try (Connection superuser = platform.superuser()) {
      for (String schema :
          TestPlatform.rows(
              superuser, "select nspname from pg_namespace where nspname like 'tenant\\_%'")) {
        TestPlatform.execute(superuser, "drop schema " + schema + " cascade");
      }
      TestPlatform.execute(
          superuser,
          "set session_replication_role = replica;"
              + " update tenantry_control.tenants set slug = 'old-' || left(id::text, 23)"
              + " where slug !~ '^old-'; reset session_replication_role;"
              + " delete from tenantry_control.migration_runs;"
              + " delete from tenantry_control.tenant_schemas;"
              + " update tenantry_control.tenants set quarantined = false where quarantined");
    }
  }

  TestPlatform platform() {
    return platform;
  }

  MigrationRuns runs() {
    return new MigrationRuns(platform.as(Duty.CONTROL));
  }

  /** Makes tenants of that tree; their slugs are the prefix and a number from 1. */
  List<TenantId> tenants(String prefix, int count, CompiledTree tree) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      for (int from = 1; from <= count; from += 100) {
        TestPlatform.execute(superuser, made(prefix, from, Math.min(count, from + 99)));
      }
      List<TenantId> tenants = new ArrayList<>();
      for (String id :
          TestPlatform.rows(
              superuser,
              "select id from tenantry_control.tenants where slug ~ '^"
                  + prefix
                  + "[0-9]+$' order by length(slug), slug")) {
        tenants.add(new TenantId(UUID.fromString(id)));
      }
      TenantMigration migration =
          new TenantMigration(platform.as(Duty.MIGRATE), platform.signer(), tree);
      tenants.forEach(migration::create);
      return tenants;
    }
  }

  /** As whoever makes that tenant does, whatever version it has. */
  void migrate(TenantId tenant, CompiledTree tree) {
    new TenantMigration(platform.as(Duty.MIGRATE), platform.signer(), tree).create(tenant);
  }

  private static String made(String prefix, int from, int to) {
    return """
    do $make$
    declare
      made uuid;
      hex text;
    begin
      for i in %d..%d loop
        made := gen_random_uuid();
        hex := replace(made::text, '-', '');
        insert into tenantry_control.tenants (id, slug, display_name) values (made, '%s' || i, 'T');
        update tenantry_control.tenants set state = 'PROVISIONING' where id = made;
        update tenantry_control.tenants set state = 'ACTIVE' where id = made;
        execute format('create role %%I nologin inherit', 'app_tenant_' || hex);
        execute format('grant tenantry_tenant to %%I', 'app_tenant_' || hex);
        execute format('grant %%I to tenantry_app', 'app_tenant_' || hex);
        execute format('create schema %%I authorization tenantry_owner', 'tenant_' || hex);
      end loop;
    end $make$
    """
        .formatted(from, to, prefix);
  }

  FanOut fanOut(CompiledTree tree) {
    return fanOut(tree, settings(3, Duration.ofMillis(100)), SchemaProof.NONE);
  }

  FanOut fanOut(CompiledTree tree, FanOutSettings settings, SchemaProof proof) {
    return new FanOut(
        platform.as(Duty.CONTROL),
        platform.as(Duty.MIGRATE),
        platform.signer(),
        () -> tree,
        settings,
        proof);
  }

  /** Looks at catalogs, and quarantines nobody. */
  SchemaProof proof(CompiledTree tree) {
    return new WaveProof(drift(tree, false));
  }

  DriftCheck drift(CompiledTree tree, boolean quarantine) {
    return new DriftCheck(
        platform.as(Duty.CONTROL),
        new GoldenSchemas(platform.as(Duty.MIGRATE), platform.signer()),
        tree::plan,
        quarantine);
  }

  static MigrationRequest up(int budget, String... canaries) {
    return new MigrationRequest(
        MigrationDirection.UP,
        null,
        null,
        List.of(canaries),
        MigrationRequest.WAVES,
        budget,
        MigrationRequest.WORKERS);
  }

  List<MigrationResult> failed(MigrationRun run) {
    return runs().results(run.id(), MigrationResultState.FAILED, 1000, null);
  }

  /** Runs a statement about a tenant, whose schema is {@code <schema>} in it. */
  void at(TenantId tenant, String sql) throws SQLException {
    execute(sql.replace("<schema>", TenantNames.schema(tenant)));
  }

  List<String> quarantined() throws SQLException {
    return rows("select slug from tenantry_control.tenants where quarantined order by 1");
  }

  /** What was written into the audit about a tenant's quarantine. */
  List<String> quarantines(TenantId tenant) throws SQLException {
    return rows(
        "select action from tenantry_control.audit_events where action like '%quarantine'"
            + " and tenant_id = '"
            + tenant.value()
            + "' order by occurred_at, id");
  }

  /** The tenants of which the registry knows a failure: {@code slug|changeset}. */
  List<String> failures() throws SQLException {
    return rows(
        "select t.slug, s.failed_changeset from tenantry_control.tenant_schemas s"
            + " join tenantry_control.tenants t on t.id = s.tenant_id"
            + " where s.failed_run_id is not null order by 1");
  }

  /** Short times, since tests wait for them. */
  static FanOutSettings settings(int busyAttempts, Duration lockTimeout) {
    return settings(busyAttempts, lockTimeout, Duration.ofSeconds(60));
  }

  /** As above, with indexes that are given up after {@code indexTimeout}. */
  static FanOutSettings settings(int busyAttempts, Duration lockTimeout, Duration indexTimeout) {
    return new FanOutSettings(
        Duration.ofMillis(50),
        Duration.ofSeconds(3),
        lockTimeout,
        Duration.ofSeconds(30),
        indexTimeout,
        busyAttempts,
        Duration.ofMillis(50),
        false);
  }

  List<String> rows(String sql) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      return TestPlatform.rows(superuser, sql);
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, sql);
    }
  }

  /** How many schemas are at which version, by the registry: {@code version|count}. */
  List<String> versions() throws SQLException {
    return rows(
        "select version, count(*) from tenantry_control.tenant_schemas group by 1 order by 1");
  }

  /** The tenants whose own history ends elsewhere than the registry says. */
  List<String> mixed(List<TenantId> tenants) throws SQLException {
    List<String> mixed = new ArrayList<>();
    try (Connection superuser = platform.superuser()) {
      for (TenantId tenant : tenants) {
        mixed.addAll(
            TestPlatform.rows(
                superuser,
                """
                select s.tenant_id, s.version, h.id from tenantry_control.tenant_schemas s
                left join lateral (select id from %s.databasechangelog order by orderexecuted desc
                  limit 1) h on true
                where s.tenant_id = '%s' and s.version <> coalesce(h.id, '')
                """
                    .formatted(TenantNames.schema(tenant), tenant.value())));
      }
    }
    return mixed;
  }
}

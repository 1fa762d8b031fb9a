package io.tenantry.migrations.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.SeenCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChangelogIT {

  private static final String CATALOG =
      """
      with ours as (
        select n.oid, n.nspname::text as nspname from pg_namespace n
        where n.nspname like 'tenantry\\_%' and n.nspname <> 'tenantry_guard' or n.nspname like 'tenant\\_%')
      select 'schema', n.nspname, pg_get_userbyid(s.nspowner)::text || coalesce(s.nspacl::text, '')
        || coalesce(obj_description(s.oid, 'pg_namespace'), '')
      from ours n join pg_namespace s on s.oid = n.oid
      union all select 'relation', n.nspname || '.' || c.relname, c.relkind::text || pg_get_userbyid(c.relowner)::text
        || c.relrowsecurity || c.relforcerowsecurity || coalesce(c.relacl::text, '')
        || coalesce(obj_description(c.oid, 'pg_class'), '')
      from ours n join pg_class c on c.relnamespace = n.oid
      union all select 'column', n.nspname || '.' || c.relname || '.' || a.attname,
        format_type(a.atttypid, a.atttypmod) || a.attnotnull
        || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || coalesce(col_description(c.oid, a.attnum), '')
      from ours n join pg_class c on c.relnamespace = n.oid and c.relkind = 'r'
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      union all select 'constraint', n.nspname || '.' || o.conrelid::regclass || '.' || o.conname, pg_get_constraintdef(o.oid)
      from ours n join pg_constraint o on o.connamespace = n.oid
      union all select 'index', n.nspname || '.' || c.relname, pg_get_indexdef(c.oid)
      from ours n join pg_class c on c.relnamespace = n.oid and c.relkind = 'i'
      union all select 'policy', n.nspname || '.' || c.relname || '.' || p.polname, p.polcmd::text
        || pg_get_expr(p.polqual, p.polrelid) || pg_get_expr(p.polwithcheck, p.polrelid)
      from ours n join pg_class c on c.relnamespace = n.oid join pg_policy p on p.polrelid = c.oid
      union all select 'trigger', n.nspname || '.' || c.relname, pg_get_triggerdef(t.oid)
      from ours n join pg_class c on c.relnamespace = n.oid join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
      union all select 'function', n.nspname || '.' || p.proname, pg_get_functiondef(p.oid) || coalesce(p.proacl::text, '')
      from ours n join pg_proc p on p.pronamespace = n.oid
      order by 1, 2, 3
      """;

  /** Every table with tenant data that lacks one of the five things such a table has. */
  private static final String UNGUARDED =
      """
      select c.oid::regclass::text from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and n.nspname <> 'tenantry_control'
        and not (
          c.relrowsecurity and c.relforcerowsecurity and a.attnotnull
          and (select count(*) from pg_policy p where p.polrelid = c.oid) = 1
          and exists (
            select from pg_policy p
            where p.polrelid = c.oid and p.polname = 'tenant_isolation' and p.polcmd = '*'
              and p.polpermissive and p.polroles = array[0]::oid[]
              and pg_get_expr(p.polqual, p.polrelid)
                = '(tenant_id = ( SELECT tenantry_guard.current_tenant() AS current_tenant))'
              and pg_get_expr(p.polwithcheck, p.polrelid)
                = '(tenant_id = ( SELECT tenantry_guard.current_tenant() AS current_tenant))')
          and not exists (
            select from pg_index i where i.indrelid = c.oid and i.indisunique and i.indkey[0] <> a.attnum)
          and not exists (
            select from pg_constraint o
            where o.conrelid = c.oid and o.contype = 'f' and o.conkey[1] <> a.attnum))
      order by 1
      """;

  @Test
  void upDownToZeroAndUpAgainIsTheSame() throws SQLException {
    TestPlatform platform = TestPlatform.installed("updown");
    TenantId tenant = platform.provisioner().provisionNow("updown", "Up and down").id();
    PlatformMigration platformMigration = new PlatformMigration(platform.as(Duty.MIGRATE));
    TenantMigration tenantMigration =
        new TenantMigration(platform.as(Duty.MIGRATE), platform.signer());
    try (Connection superuser = platform.superuser()) {
      List<String> up = TestPlatform.rows(superuser, CATALOG);
      assertThat(up).hasSizeGreaterThan(100);

      tenantMigration.rollbackAll(tenant);
      platformMigration.rollbackAll();
      Set<String> left =
          TestPlatform.rows(superuser, CATALOG).stream()
              .map(row -> row.split("\\|", -1)[1].replaceAll("^[^.]*\\.", ""))
              .map(name -> name.replaceAll("\\..*", ""))
              .collect(Collectors.toSet());
      assertThat(left)
          .containsOnly(
              "tenantry_control",
              TenantNames.schema(tenant),
              "databasechangelog",
              "databasechangeloglock",
              "databasechangeloglock_pkey");

      assertThat(platformMigration.update()).startsWith("access-platform-");
      assertThat(tenantMigration.create(tenant)).startsWith("access-tenant-");
      assertThat(TestPlatform.rows(superuser, CATALOG)).isEqualTo(up);
    }
  }

  @Test
  void everyTableWithTenantDataIsGuardedAndAnUnguardedOneIsFound() throws SQLException {
    TestPlatform platform = TestPlatform.installed("guarded");
    TenantId tenant = platform.provisioner().provisionNow("guarded", "Guarded").id();
    String schema = TenantNames.schema(tenant);
    try (Connection superuser = platform.superuser()) {
      assertThat(TestPlatform.rows(superuser, UNGUARDED)).isEmpty();
      for (String hole :
          List.of(
              "alter table %s.desk_orders no force row level security",
              "alter table %s.desk_orders disable row level security",
              "drop policy tenant_isolation on %s.desk_orders",
              "create policy other on %s.desk_orders using (true)",
              "create unique index on %s.desk_orders (id)",
              "alter table %s.desk_orders alter tenant_id drop not null",
              "create table %s.forgotten (tenant_id uuid not null)")) {
        superuser.setAutoCommit(false);
        try {
          TestPlatform.execute(superuser, hole.replace("%s", schema));
          assertThat(TestPlatform.rows(superuser, UNGUARDED)).as(hole).hasSize(1);
        } catch (SQLException e) {
          // A key's column cannot lose its NOT NULL.
          assertThat(e.getSQLState()).isEqualTo("42P16");
        }
        superuser.rollback();
      }
    }
  }

  @Test
  void aSecondTenantIsNotSkippedAndAKilledRunDoesNotBlockTheNext() throws SQLException {
    TestPlatform platform = TestPlatform.installed("history");
    TenantId first = platform.provisioner().provisionNow("first", "First").id();
    TenantId second = platform.provisioner().provisionNow("second", "Second").id();
    try (Connection superuser = platform.superuser()) {
      String history =
          "select id, md5sum, exectype, filename from %s.databasechangelog order by orderexecuted";
      List<String> rows =
          TestPlatform.rows(superuser, history.replace("%s", TenantNames.schema(first)));
      assertThat(rows)
          .hasSizeGreaterThanOrEqualTo(6)
          .allSatisfy(row -> assertThat(row).endsWith("|EXECUTED|tenant"));
      assertThat(TestPlatform.rows(superuser, history.replace("%s", TenantNames.schema(second))))
          .isEqualTo(rows);
      // What a process leaves that was killed while it held Liquibase's lock.
      TestPlatform.execute(
          superuser,
          "update "
              + TenantNames.schema(first)
              + ".databasechangeloglock set locked = true, lockgranted = now(), lockedby = 'gone'");
    }
    new TenantMigration(platform.as(Duty.MIGRATE), platform.signer()).create(first);
  }

  @Test
  void aTurnThatNeverComesIsGivenUp() throws SQLException {
    TestPlatform platform = TestPlatform.installed("history");
    TenantId tenant = platform.provisioner().provisionNow("turn", "Turn").id();
    TenantMigration migration =
        new TenantMigration(
            platform.as(Duty.MIGRATE),
            platform.signer(),
            PlanCompiler::tenantTree,
            Duration.ofMillis(200));
    try (Connection dead = platform.superuser()) {
      TestPlatform.execute(
          dead,
          "select pg_advisory_lock("
              + 0x6d69_6772
              + ", hashtext('"
              + TenantNames.schema(tenant)
              + "'))");
      assertThat(catchThrowable(() -> migration.create(tenant)))
          .isInstanceOfSatisfying(
              TenantryException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.CONCURRENT_UPDATE));
      SeenCodes.saw(ErrorCode.CONCURRENT_UPDATE);
    }
    await().untilAsserted(() -> migration.create(tenant));
  }

  @Test
  void aHistoryThatLacksARowInTheMiddleIsToldAndNothingIsTouched() throws SQLException {
    TestPlatform platform = TestPlatform.installed("history");
    TenantId tenant = platform.provisioner().provisionNow("lacking", "Lacking").id();
    TenantMigration migration = new TenantMigration(platform.as(Duty.MIGRATE), platform.signer());
    String schema = TenantNames.schema(tenant);
    String table = "select '" + schema + ".desk_orders'::regclass::oid";
    try (Connection superuser = platform.superuser()) {
      List<String> before = TestPlatform.rows(superuser, table);
      TestPlatform.execute(
          superuser,
          "delete from " + schema + ".databasechangelog where id like 'access-tenant-0002%'");
      assertThat(catchThrowable(() -> migration.create(tenant)))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("access-tenant-0002");
      assertThat(TestPlatform.rows(superuser, table)).isEqualTo(before);
    }
  }

  /** As read by the driver: 0 is for ever. */
  @Test
  void aServerThatIsSilentIsNoticedExceptDuringDdl() throws SQLException {
    TestPlatform platform = TestPlatform.installed("history");
    Map<Duty, Integer> wanted = Map.of(Duty.CONTROL, 30_000, Duty.APP, 30_000, Duty.MIGRATE, 0);
    for (Map.Entry<Duty, Integer> duty : wanted.entrySet()) {
      try (Connection connection = platform.as(duty.getKey()).getConnection()) {
        assertThat(connection.getNetworkTimeout())
            .as(duty.getKey().name())
            .isEqualTo(duty.getValue());
      }
    }
  }

  @Test
  void aTenantWithoutASchemaIsAnError() {
    TestPlatform platform = TestPlatform.installed("history");
    assertThat(
            catchThrowable(
                () ->
                    new TenantMigration(platform.as(Duty.MIGRATE), platform.signer())
                        .create(new TenantId(new UUID(1, 2)))))
        .isNotNull();
  }
}

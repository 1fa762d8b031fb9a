package io.tenantry.migrations.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantry.control.catalog.CatalogObject;
import io.tenantry.control.catalog.Fingerprints;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintsIT {

  private static final List<TenantId> BOTH = List.of(Linted.ACME, Linted.GLOBEX);

  @Test
  void tenantsOfOneVersionAreAlikeAndOneThatIsNotThereHasNone() throws SQLException {
    TenantId nobody = new TenantId(new UUID(3, 4));
    try (Connection control = Linted.PLATFORM.as(Duty.CONTROL).getConnection()) {
      Map<TenantId, String> found =
          Fingerprints.of(control, List.of(Linted.ACME, Linted.GLOBEX, nobody));
      assertThat(found).containsOnlyKeys(BOTH);
      assertThat(found.get(Linted.ACME))
          .matches("[0-9a-f]{64}")
          .isEqualTo(found.get(Linted.GLOBEX));
      assertThat(control.getAutoCommit()).isTrue();
      List<CatalogObject> acme = describe(control, Linted.ACME);
      assertThat(acme)
          .hasSizeGreaterThan(150)
          .isEqualTo(describe(control, Linted.GLOBEX))
          .contains(
              new CatalogObject("column", "desk_orders.symbol", "text not null"),
              new CatalogObject("default of column", "desk_orders.version", "0"),
              new CatalogObject("row security of table", "desk_orders", "enabled, forced"),
              new CatalogObject("grant on schema", "<tenant> to app_<tenant>", "U"));
      assertThat(Fingerprints.describe(control, TenantNames.schema(nobody))).isEmpty();
      assertThat(Fingerprints.of(control, List.of())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("leftOut")
  void whatTenantsMayHaveDifferentlyIsLeftOut(String sql) throws SQLException {
    try (Connection superuser = Linted.PLATFORM.superuser()) {
      superuser.setAutoCommit(false);
      List<CatalogObject> described = describe(superuser, Linted.ACME);
      Map<TenantId, String> before = Fingerprints.of(superuser, BOTH);
      TestPlatform.execute(superuser, Linted.named(sql));
      assertThat(describe(superuser, Linted.ACME)).isEqualTo(described);
      assertThat(Fingerprints.of(superuser, BOTH)).isEqualTo(before);
      superuser.rollback();
    }
  }

  @Test
  void theCallersTransactionKeepsItsSettingsAndSurvivesALockThatIsNotGot() throws SQLException {
    try (Connection control = Linted.PLATFORM.as(Duty.CONTROL).getConnection();
        Connection other = Linted.PLATFORM.superuser()) {
      control.setAutoCommit(false);
      TestPlatform.execute(control, "set local search_path = tenantry_api");
      String settings =
          "select current_setting('search_path'), current_setting('lock_timeout'),"
              + " current_setting('timezone'), current_setting('enable_hashjoin'),"
              + " current_setting('jit')";
      List<String> before = TestPlatform.rows(control, settings);
      Fingerprints.of(control, BOTH);
      assertThat(TestPlatform.rows(control, settings)).isEqualTo(before);

      // Since 18 the server locks a table to print its expressions.
      if (Linted.PLATFORM.postgres().majorVersion() >= 18) {
        other.setAutoCommit(false);
        TestPlatform.execute(other, Linted.named("lock table <acme>.desk_orders"));
        assertThat(
                catchThrowableOfType(SQLException.class, () -> Fingerprints.of(control, BOTH))
                    .getSQLState())
            .isEqualTo("55P03");
        other.rollback();
      }
      assertThat(TestPlatform.rows(control, settings)).isEqualTo(before);
      assertThat(Fingerprints.of(control, BOTH)).hasSize(2);
      control.rollback();
    }
  }

  /** The session's own ways of printing must not be seen in it. */
  @Test
  void everySessionComputesTheSame() throws SQLException {
    try (Connection plain = Linted.PLATFORM.as(Duty.CONTROL).getConnection();
        Connection odd = Linted.PLATFORM.superuser()) {
      TestPlatform.execute(
          odd,
          Linted.named(
              "set search_path = <acme>, tenantry_guard; set timezone = 'Asia/Tokyo';"
                  + " set quote_all_identifiers = on; set intervalstyle = 'iso_8601'"));
      assertThat(Fingerprints.of(odd, BOTH)).isEqualTo(Fingerprints.of(plain, BOTH));
    }
  }

  static Stream<String> leftOut() {
    return Stream.of(
        "alter table <acme>.desk_orders set (autovacuum_vacuum_scale_factor = 0.01, fillfactor ="
            + " 80)",
        "alter index <acme>.desk_orders_time_idx set (fillfactor = 70)",
        "alter table <acme>.desk_orders alter symbol set statistics 1000",
        "alter table <acme>.audit_events alter before set storage external",
        "cluster <acme>.desk_orders using desk_orders_time_idx",
        "create role ro_<acme>_1; grant usage on schema <acme> to ro_<acme>_1;"
            + " set role tenantry_owner; grant usage on schema <acme> to ro_<acme>_1;"
            + " grant select on <acme>.desk_orders to ro_<acme>_1",
        "create table <acme>.databasechangeloglock2 (id int); drop table"
            + " <acme>.databasechangeloglock2",
        "alter table <acme>.databasechangelog add note text",
        "alter table <acme>.desk_orders add scratch int; alter table <acme>.desk_orders drop"
            + " scratch",
        "revoke select on <acme>.desk_orders from app_<acme>; grant select on <acme>.desk_orders to"
            + " app_<acme>");
  }

  /** A partition, and the time in the keys, are how a big tenant's table is kept. */
  @Test
  void aTableThatIsSplitByTimeIsTheSameTable() throws SQLException {
    String split =
        """
        set local role tenantry_owner;
        set local search_path = <acme>;
        create table split (like api_idempotency_keys including comments including defaults
          including constraints) partition by range (created_at);
        drop table api_idempotency_keys;
        alter table split rename to api_idempotency_keys;
        alter table api_idempotency_keys add constraint api_idempotency_keys_pkey
          primary key (tenant_id, key, created_at);
        create index api_idempotency_keys_age_idx on api_idempotency_keys (tenant_id, created_at);
        comment on table api_idempotency_keys is
          'Requests that carried an Idempotency-Key, and what they were answered';
        alter table api_idempotency_keys enable row level security;
        alter table api_idempotency_keys force row level security;
        create policy tenant_isolation on api_idempotency_keys
          using (tenant_id = (select tenantry_guard.current_tenant()))
          with check (tenant_id = (select tenantry_guard.current_tenant()));
        grant select, insert, update, delete on api_idempotency_keys to app_<acme>;
        create table api_idempotency_keys_2026 partition of api_idempotency_keys
          for values from ('2026-01-01') to ('2027-01-01');
        """;
    try (Connection superuser = Linted.PLATFORM.superuser()) {
      superuser.setAutoCommit(false);
      Map<TenantId, String> before = Fingerprints.of(superuser, BOTH);
      List<CatalogObject> described = describe(superuser, Linted.ACME);
      TestPlatform.execute(superuser, Linted.named(split));
      assertThat(describe(superuser, Linted.ACME)).isEqualTo(described);
      assertThat(Fingerprints.of(superuser, BOTH)).isEqualTo(before);
      superuser.rollback();
    }
  }

  private static List<CatalogObject> describe(Connection connection, TenantId tenant)
      throws SQLException {
    return Fingerprints.describe(connection, TenantNames.schema(tenant));
  }
}

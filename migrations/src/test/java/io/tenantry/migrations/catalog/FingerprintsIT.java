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

  private static List<CatalogObject> describe(Connection connection, TenantId tenant)
      throws SQLException {
    return Fingerprints.describe(connection, TenantNames.schema(tenant));
  }
}

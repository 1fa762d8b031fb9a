package io.tenantry.migrations.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.migrations.TestPlatform;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An id is among the tenants or among those made ahead, by a rule of the database. */
class PreparedApartIT {

  private static final String PREPARED =
      "insert into tenantry_control.prepared_tenants (tenant_id) values ('%s')";
  private static final String TENANT =
      "insert into tenantry_control.tenants (id, slug, display_name) values ('%s', '%s', 'X')";

  private final TestPlatform platform = TestPlatform.installed("prepared_apart");

  @Test
  void whatTheDirectoryHasIsNotMadeAhead() throws SQLException {
    UUID tenant = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    try (Connection control = platform.login("tenantry_control_a");
        Connection superuser = platform.superuser()) {
      assertThat(state(control, TENANT.formatted(tenant, "there-already"))).isEqualTo("00000");
      assertThat(state(control, PREPARED.formatted(tenant))).isEqualTo("23514");
      assertThat(state(control, PREPARED.formatted(other))).isEqualTo("00000");
      String turned =
          "update tenantry_control.prepared_tenants set tenant_id = '%s' where tenant_id = '%s'"
              .formatted(tenant, other);
      assertThat(state(control, turned)).isEqualTo("23514");
      // The counter-check: it is the trigger that refuses them.
      superuser.setAutoCommit(false);
      TestPlatform.execute(
          superuser, "alter table tenantry_control.prepared_tenants disable trigger user");
      assertThat(state(superuser, PREPARED.formatted(tenant))).isEqualTo("00000");
      superuser.rollback();
    }
  }

  @Test
  void aTenantIsNotWrittenUnderAnIdThatIsMadeAheadUnlessItTakesItsPlace() throws SQLException {
    UUID ahead = UUID.randomUUID();
    try (Connection control = platform.login("tenantry_control_a")) {
      assertThat(state(control, PREPARED.formatted(ahead))).isEqualTo("00000");
      assertThat(state(control, TENANT.formatted(ahead, "in-both"))).isEqualTo("23514");
      control.setAutoCommit(false);
      TestPlatform.execute(control, TENANT.formatted(ahead, "claimed"));
      TestPlatform.execute(
          control,
          "delete from tenantry_control.prepared_tenants where tenant_id = '%s'".formatted(ahead));
      control.commit();
    }
    try (Connection superuser = platform.superuser()) {
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select slug from tenantry_control.tenants where id = '" + ahead + "'"))
          .containsExactly("claimed");
    }
  }

  private static String state(Connection connection, String sql) {
    try {
      TestPlatform.execute(connection, sql);
      return "00000";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}

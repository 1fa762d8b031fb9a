package io.tenantry.migrations.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.By;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionsIT {

  private final TestPlatform platform = TestPlatform.installed("transitions");
  private final Tenant tenant =
      new TenantStore(platform.as(Duty.CONTROL))
          .put(TenantSpec.of(new TenantSlug("moved"), "Moved"), null, false, By.worker("test"))
          .tenant();

  @Test
  void theDatabaseHoldsTheSameTableAsJava() throws SQLException {
    List<String> java = new ArrayList<>();
    for (TenantState from : TenantState.values()) {
      for (TenantState to : from.successors()) {
        java.add(from + "|" + to);
      }
    }
    try (Connection superuser = platform.superuser()) {
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select from_state, to_state from tenantry_control.tenant_transitions"))
          .containsExactlyInAnyOrderElementsOf(java);
    }
  }

  @Test
  void theTriggerLetsThroughExactlyThesePairs() throws SQLException {
    try (Connection superuser = platform.superuser();
        Connection control = platform.login("tenantry_control_a")) {
      for (TenantState from : TenantState.values()) {
        for (TenantState to : TenantState.values()) {
          if (from == to) {
            continue;
          }
          TestPlatform.execute(
              superuser,
              "begin; alter table tenantry_control.tenants disable trigger tenants_before_change; "
                  + set(from)
                  + "; alter table tenantry_control.tenants enable trigger tenants_before_change;"
                  + " commit");
          assertThat(state(control, set(to)))
              .as(from + " to " + to)
              .isEqualTo(from.mayBecome(to) ? "00000" : "23514");
        }
      }
    }
  }

  @Test
  void aTenantBeginsPendingAndKeepsItsIdAndSlug() throws SQLException {
    try (Connection control = platform.login("tenantry_control_a")) {
      assertThat(
              state(
                  control,
                  "insert into tenantry_control.tenants (id, slug, display_name, state)"
                      + " values (gen_random_uuid(), 'early', 'Early', 'ACTIVE')"))
          .isEqualTo("23514");
      assertThat(state(control, "update tenantry_control.tenants set slug = 'other'"))
          .isEqualTo("23514");
      assertThat(state(control, "update tenantry_control.tenants set id = gen_random_uuid()"))
          .isEqualTo("23514");
      assertThat(
              state(
                  control,
                  "insert into tenantry_control.tenants (id, slug, display_name)"
                      + " values ('ffffffff-ffff-4fff-bfff-ffffffffffff', 'reserved', 'Reserved')"))
          .isEqualTo("23514");
    }
  }

  @Test
  void nobodyChangesTheAudit() throws SQLException {
    try (Connection superuser = platform.superuser()) {
      for (String sql : List.of("update %s set actor = ''", "delete from %s", "truncate %s")) {
        assertThat(state(superuser, sql.replace("%s", "tenantry_control.audit_events")))
            .isEqualTo("42501");
      }
    }
  }

  private String set(TenantState state) {
    return "update tenantry_control.tenants set state = '"
        + state
        + "' where id = '"
        + tenant.id()
        + "'";
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

package io.tenantry.migrations.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written to a tenant's audit stays: by privilege for the tenant, by trigger for all. */
class AppendOnlyIT {

  private static final List<String> CHANGES =
      List.of(
          "update %s set actor = 'nobody'",
          "update %s set actor = 'nobody' where false",
          "delete from %s",
          "delete from %s where false",
          "truncate %s");

  private final TestPlatform platform = TestPlatform.installed("append_only");
  private final TenantId acme = platform.provisioner().provisionNow("acme", "Acme").id();
  private final String events = TenantNames.schema(acme) + ".audit_events";

  @Test
  void theTenantsRoleReadsAndAddsAndNothingElse() throws SQLException {
    try (Connection runtime = platform.login("tenantry_app_a")) {
      runtime.setAutoCommit(false);
      TestPlatform.execute(runtime, "set local role " + TenantNames.role(acme));
      TestPlatform.enter(runtime, platform.signer().sign(acme));
      TestPlatform.execute(runtime, insert());
      for (String change : CHANGES) {
        refused(runtime, change.formatted(events), "permission denied");
        refused(
            runtime,
            change
                .formatted(TenantNames.schema(acme) + ".desk_fills")
                .replace("actor", "liquidity"),
            "permission denied");
      }
      assertThat(TestPlatform.rows(runtime, "select actor from " + events)).contains("somebody");
      runtime.rollback();
    }
  }

  @Test
  void theOwnerIsRefusedByTheTrigger() throws SQLException {
    try (Connection owner = platform.as(Duty.MIGRATE).getConnection()) {
      owner.setAutoCommit(false);
      TestPlatform.execute(owner, "set local role tenantry_owner");
      TestPlatform.enter(owner, platform.signer().sign(acme));
      TestPlatform.execute(owner, insert());
      for (String change : CHANGES) {
        refused(owner, change.formatted(events), "is append-only");
      }
      // The counter-check: it is the trigger that keeps the owner from it.
      TestPlatform.execute(owner, "alter table " + events + " disable trigger user");
      for (String change : CHANGES) {
        TestPlatform.execute(owner, change.formatted(events));
      }
      owner.rollback();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into %s (tenant_id, id, actor, action, subject_type, subject_id, after) values"
            + " (%t, %t, 'a', 'order.place', 'order', %t, '[]')",
        "insert into %s (tenant_id, id, actor, action, subject_type, subject_id, before) values"
            + " (%t, %t, 'a', 'order.place', 'order', %t, '1')",
        "insert into %s (tenant_id, id, actor, action, subject_type, subject_id) values"
            + " (%t, %t, 'a', 'Order Place', 'order', %t)"
      })
  void whatIsNoEventIsRefused(String sql) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      assertThatThrownBy(
              () ->
                  TestPlatform.execute(
                      superuser, sql.replace("%s", events).replace("%t", "'" + acme + "'")))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
    }
  }

  @Test
  void nobodyMayCallTheTriggersFunction() throws SQLException {
    try (Connection superuser = platform.superuser()) {
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select p.proacl from pg_proc p where p.oid ="
                      + " 'tenantry_control.refuse_change'::regproc"))
          .containsExactly("{tenantry_owner=X/tenantry_owner}");
      assertThat(
              TestPlatform.rows(
                  superuser,
                  "select count(*) from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
                      + " where n.nspname like 'tenant\\_%'"))
          .containsExactly("0");
    }
  }

  private String insert() {
    return ("insert into %s (tenant_id, id, actor, action, subject_type, subject_id) values"
            + " ('%s', gen_random_uuid(), 'somebody', 'order.place', 'order', gen_random_uuid())")
        .formatted(events, acme);
  }

  private static void refused(Connection connection, String sql, String reason)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    assertThatThrownBy(() -> TestPlatform.execute(connection, sql))
        .as(sql)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"))
        .hasMessageContaining(reason);
    connection.rollback(before);
  }
}

package io.tenantry.api;

import io.tenantry.tenancy.finding.FindingCode;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A weakness as a superuser could leave it behind, and how it goes away again.
 *
 * @param object a part of what the finding has to name
 */
record Planted(
    String name, FindingCode code, String object, List<String> weakness, List<String> mending) {

  static final List<Planted> ALL =
      List.of(
          one(
              "login attribute",
              FindingCode.ROLE_ATTRIBUTE,
              "tenantry_app_a",
              "alter role tenantry_app_a createdb",
              "alter role tenantry_app_a nocreatedb"),
          one(
              "membership",
              FindingCode.ROLE_MEMBERSHIP,
              "tenantry_owner",
              "grant tenantry_owner to tenantry_app_a",
              "revoke tenantry_owner from tenantry_app_a"),
          one(
              "ownership",
              FindingCode.ROLE_OWNERSHIP,
              "planted",
              "create table tenantry_control.planted ();"
                  + "alter table tenantry_control.planted owner to tenantry_app_b",
              "drop table tenantry_control.planted"),
          one(
              "grant",
              FindingCode.TABLE_GRANT,
              "tenantry_control.tenants",
              "grant select on tenantry_control.tenants to tenantry_app",
              "revoke select on tenantry_control.tenants from tenantry_app"),
          one(
              "register",
              FindingCode.REGISTER_WRITABLE,
              "tenantry_app",
              "grant set on parameter backtrace_functions to tenantry_app",
              "revoke set on parameter backtrace_functions from tenantry_app"),
          one(
              "public function",
              FindingCode.FUNCTION_PUBLIC,
              "set_config",
              "grant execute on function pg_catalog.set_config(text, text, boolean) to public",
              "revoke execute on function pg_catalog.set_config(text, text, boolean) from public"),
          one(
              "row security",
              FindingCode.ROW_SECURITY_MISSING,
              "research_reports",
              "alter table tenantry_api.research_reports no force row level security",
              "alter table tenantry_api.research_reports force row level security"),
          one(
              "policy",
              FindingCode.POLICY_NOT_CANONICAL,
              "research_reports",
              "create policy planted on tenantry_api.research_reports using (true)",
              "drop policy planted on tenantry_api.research_reports"),
          one(
              "key",
              FindingCode.KEY_WITHOUT_TENANT,
              "planted",
              "create unique index planted on tenantry_api.research_reports (id)",
              "drop index tenantry_api.planted"),
          one(
              "drift",
              FindingCode.SCHEMA_DRIFTED,
              "tenant_",
              "update tenantry_control.tenant_schemas set drifted = true where tenant_id = "
                  + "(select id from tenantry_control.tenants where state = 'ACTIVE' and not "
                  + "quarantined order by id limit 1)",
              "update tenantry_control.tenant_schemas set drifted = false where drifted"));

  private static Planted one(
      String name, FindingCode code, String object, String weakness, String mending) {
    return new Planted(
        name, code, object, List.of(weakness.split(";")), List.of(mending.split(";")));
  }

  /** Plants it; taken away again when the answer is closed. */
  Planting plant() {
    run(weakness);
    return () -> run(mending);
  }

  private static void run(List<String> statements) {
    try (Connection connection =
            TestPostgres.shared().connectAsSuperuser(ApiServer.platform().address().database());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("While planting or mending", e);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** What ends with a weakness mended. */
  @FunctionalInterface
  interface Planting extends AutoCloseable {
    @Override
    void close();
  }
}

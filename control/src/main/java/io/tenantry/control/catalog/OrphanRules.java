package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.TENANT_ORPHANED;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What belongs to a tenant that nobody knows: neither the directory, nor what is made ahead. */
final class OrphanRules {

  private static final String READABLE =
      """
      select exists (select from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'tenantry_control' and c.relname = 'prepared_tenants'
          and pg_catalog.has_schema_privilege(n.oid, 'usage')
          and pg_catalog.has_table_privilege(c.oid, 'select'))
      """;

  // A role is the server's: one without a schema here may be that of another database's tenant.
  private static final String SCHEMAS =
      """
      select o.name, 'Its tenant is neither in the directory nor made ahead.'
      from (
        select n.nspname::text from pg_catalog.pg_namespace n
          where n.nspname ~ '^tenant_[0-9a-f]{32}$'
        except
        select 'tenant_' || pg_catalog.replace(t.id::text, '-', '')
          from tenantry_control.tenants t where t.state <> 'PURGED'
        except
        select 'tenant_' || pg_catalog.replace(p.tenant_id::text, '-', '')
          from tenantry_control.prepared_tenants p) o (name)
      order by 1
      """;

  private OrphanRules() {}

  /** Nothing for a login that may not read the directory, such as the monitor's. */
  static List<Rule> readableBy(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(READABLE)) {
      row.next();
      return row.getBoolean(1) ? rules() : List.of();
    }
  }

  static List<Rule> rules() {
    return List.of(new Rule(TENANT_ORPHANED, SCHEMAS));
  }
}

package io.tenantry.migrations.purge;

import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The relations outside of tenants' schemas that have rows of tenants. The catalog says which: one
 * with a column tenant_id, of whatever type, cannot be forgotten. What stays by design is listed
 * here, with the reason.
 */
final class SharedTables {

  /** Tables whose rows outlive their tenant, and what they keep of it. */
  static final Map<String, String> KEPT =
      Map.of(
          "tenantry_control.audit_events",
          "what was done to the tenant, with its names at that time; append-only",
          "tenantry_control.operations",
          "operations on the tenant, with their steps",
          "tenantry_control.purge_inventories",
          "places and numbers of what was removed",
          "tenantry_control.tenant_certificates",
          "this certificate",
          "tenantry_control.retired_clients",
          "hashes of client ids, so that nobody gets one of them again");

  /** The registry first: by its row a run knows whether a tenant may still be given work. */
  private static final String FIND =
      """
      select format('%I.%I', n.nspname, c.relname), pg_get_userbyid(c.relowner),
        c.relkind in ('r', 'p'), a.atttypid = 'uuid'::regtype
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relkind in ('r', 'p', 'm', 'f') and not c.relispartition
        and n.nspname !~ '^(pg_|information_schema$)' and n.nspname !~ '^tenant_[0-9a-f]{32}$'
      order by (n.nspname, c.relname) <> ('tenantry_control', 'tenant_schemas'), 1
      """;

  /**
   * One of them.
   *
   * @param name qualified, quoted where it must be
   * @param table false: a materialized view or a foreign table, whose rows are not removed here
   * @param uuid whether its tenant_id is one, so that an index may serve
   */
  record Table(String name, String owner, boolean table, boolean uuid) {
    boolean keeps() {
      return KEPT.containsKey(name);
    }

    /** Of rows as {@code t}; its one parameter is the tenant's id as it stands in names. */
    String ofTenant() {
      return uuid
          ? "t.tenant_id = ?::uuid"
          : "position(? in replace(lower(t.tenant_id::text), '-', '')) > 0";
    }

    long count(Connection connection, Subject subject) throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement("select count(*) from " + name + " t where " + ofTenant())) {
        statement.setString(1, TenantNames.register(subject.tenant().id()));
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          return row.getLong(1);
        }
      }
    }
  }

  private SharedTables() {}

  static List<Table> find(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND);
        ResultSet rows = statement.executeQuery()) {
      List<Table> tables = new ArrayList<>();
      while (rows.next()) {
        tables.add(
            new Table(
                rows.getString(1), rows.getString(2), rows.getBoolean(3), rows.getBoolean(4)));
      }
      return tables;
    }
  }
}

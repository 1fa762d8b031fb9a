package io.tenantry.migrations.purge;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tables outside of tenants' schemas that have rows of tenants. The catalog says which: a table
 * with a column tenant_id cannot be forgotten. What stays by design is listed here, with the
 * reason.
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

  private static final String FIND =
      """
      select format('%I.%I', n.nspname, c.relname), pg_get_userbyid(c.relowner)
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and not c.relispartition and a.atttypid = 'uuid'::regtype
        and n.nspname !~ '^(pg_|information_schema$)' and n.nspname !~ '^tenant_[0-9a-f]{32}$'
      order by 1
      """;

  /**
   * One of them.
   *
   * @param name qualified, quoted where it must be
   */
  record Table(String name, String owner) {
    boolean keeps() {
      return KEPT.containsKey(name);
    }
  }

  private SharedTables() {}

  static List<Table> find(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND);
        ResultSet rows = statement.executeQuery()) {
      List<Table> tables = new ArrayList<>();
      while (rows.next()) {
        tables.add(new Table(rows.getString(1), rows.getString(2)));
      }
      return tables;
    }
  }
}

package io.tenantry.migrations.purge;

import io.tenantry.control.FencedTransaction;
import io.tenantry.control.SqlFailures;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.PlatformRoles;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Removes what there is of a tenant, as the tables' owner and, where there are rows, inside the
 * tenant: the policies hold for the owner too. All of it may be repeated.
 */
final class Removal {

  /** Rows a transaction: what other transactions wait for is never long. */
  private static final int ROWS = 5_000;

  /** Tables a transaction, each with its indexes and constraints: locks are per object. */
  private static final int TABLES = 20;

  private static final String RETIRE =
      """
      insert into tenantry_control.retired_clients (client_id_hash, tenant_id)
      select sha256(convert_to(c.client_id, 'UTF8')), c.tenant_id
      from tenantry_control.api_clients c where c.tenant_id = ? on conflict do nothing
      """;
  private static final String CLIENTS =
      "delete from tenantry_control.api_clients c where c.tenant_id = ?";
  private static final String SOME_TABLES =
      """
      select format('%I.%I', n.nspname, c.relname) from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ? and c.relkind in ('r', 'p')
      order by c.relispartition desc, c.relname limit ?
      """;

  private final DataSource migrator;
  private final FencedTransaction fenced;

  Removal(DataSource migrator, FencedTransaction fenced) {
    this.migrator = migrator;
    this.fenced = fenced;
  }

  /** Clients with their secrets; their ids remain as hashes, so that nobody gets them again. */
  String clients(Subject subject) {
    TenantId tenant = subject.tenant().id();
    return fenced.asOwner(
            tenant,
            "removing API clients",
            connection -> {
              update(connection, RETIRE, tenant.value());
              return update(connection, CLIENTS, tenant.value());
            })
        + " clients";
  }

  /** What names the tenant in rows that are not its own, or that outlive it. */
  String names(Subject subject) {
    return fenced.asOwner(
            subject.tenant().id(),
            "removing names",
            connection -> NamedRows.removeAll(connection, subject))
        + " rows";
  }

  /** Rows of every shared table that is ours; what somebody else owns is found by the scan. */
  String sharedRows(Subject subject) {
    TenantId tenant = subject.tenant().id();
    List<SharedTables.Table> tables =
        fenced.asOwner(tenant, "looking for shared tables", SharedTables::find);
    List<String> removed = new ArrayList<>();
    for (SharedTables.Table table : tables) {
      if (table.keeps() || !table.table() || !table.owner().equals(PlatformRoles.OWNER)) {
        continue;
      }
      long rows = rows(table, tenant);
      if (rows > 0) {
        removed.add(table.name() + " " + rows);
      }
    }
    return removed.isEmpty() ? "none" : String.join(", ", removed);
  }

  private long rows(SharedTables.Table table, TenantId tenant) {
    // A row's place is unique in its partition only.
    String sql =
        "delete from %s d where (d.tableoid, d.ctid) in (select t.tableoid, t.ctid from %s t"
                .formatted(table.name(), table.name())
            + " where "
            + table.ofTenant()
            + " limit "
            + ROWS
            + ")";
    long all = 0;
    int some;
    do {
      some =
          fenced.asOwner(
              tenant,
              "removing rows of " + table.name(),
              connection -> update(connection, sql, TenantNames.register(tenant)));
      all += some;
    } while (some == ROWS);
    return all;
  }

  /** Tables first, some at a time, then the schema with the little that is left in it. */
  String schema(Subject subject) {
    String schema = TenantNames.schema(subject.tenant().id());
    int dropped = 0;
    try (Connection connection = migrator.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (List<String> tables = begin(connection, schema);
          !tables.isEmpty();
          tables = begin(connection, schema)) {
        statement.execute("drop table if exists " + String.join(", ", tables) + " cascade");
        connection.commit();
        dropped += tables.size();
      }
      statement.execute(
          "drop schema if exists " + statement.enquoteIdentifier(schema, true) + " cascade");
      connection.commit();
    } catch (SQLException e) {
      throw SqlFailures.translate("dropping schema " + schema, e);
    }
    return dropped + " tables";
  }

  /** Begins a transaction as the owner, and answers some tables that it can drop. */
  private static List<String> begin(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local role " + PlatformRoles.OWNER);
      statement.execute("set local lock_timeout = '5s'");
    }
    return tables(connection, schema);
  }

  private static List<String> tables(Connection connection, String schema) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SOME_TABLES)) {
      statement.setString(1, schema);
      statement.setInt(2, TABLES);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> tables = new ArrayList<>();
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
        return tables;
      }
    }
  }

  private static int update(Connection connection, String sql, Object tenant) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant);
      return statement.executeUpdate();
    }
  }
}

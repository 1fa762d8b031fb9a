package io.tenantry.migrations.purge;

import io.tenantry.control.SqlFailures;
import io.tenantry.control.certificate.PurgeItem;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what there is of a tenant, row by row, in one view of the database, and changes nothing.
 * As {@code tenantry_backup}: any other login would see nothing behind the policies, and count
 * that.
 */
final class Inventory {

  private static final int FETCH = 500;

  /** The text of a value depends on these; the hash of the same rows must not. */
  private static final String FIXED =
      """
      set local timezone = 'UTC'; set local datestyle = 'ISO, YMD';
      set local intervalstyle = 'iso_8601'; set local bytea_output = 'hex';
      set local extra_float_digits = 1
      """;

  private static final String OWN_TABLES =
      """
      select c.relname, format('%I.%I', n.nspname, c.relname) from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ? and c.relkind in ('r', 'p') and not c.relispartition order by 1
      """;
  private static final String NAMED_ROLES =
      "select count(*) from pg_roles r where position(? in r.rolname) > 0";

  private final DataSource backup;

  Inventory(DataSource backup) {
    this.backup = backup;
  }

  /** Every place, those with nothing too. */
  List<PurgeItem> look(Subject subject) {
    TenantId tenant = subject.tenant().id();
    try (Connection connection = backup.getConnection()) {
      Residue.demandToSeeAll(connection);
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = connection.createStatement()) {
        statement.execute(FIXED);
      }
      List<PurgeItem> items = new ArrayList<>();
      try (PreparedStatement statement = connection.prepareStatement(OWN_TABLES)) {
        statement.setString(1, TenantNames.schema(tenant));
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            items.add(
                rows(connection, "tenant." + rows.getString(1), rows.getString(2), null, tenant));
          }
        }
      }
      for (SharedTables.Table table : SharedTables.find(connection)) {
        if (table.table() && !table.keeps()) {
          items.add(rows(connection, table.name(), table.name(), table, tenant));
        }
      }
      items.add(
          new PurgeItem(
              NamedRows.ANSWERS.table(), NamedRows.ANSWERS.count(connection, subject), null));
      items.add(new PurgeItem("roles", roles(connection, tenant), null));
      connection.rollback();
      return List.copyOf(items);
    } catch (SQLException e) {
      throw SqlFailures.translate("looking at what there is of a tenant", e);
    }
  }

  /** In a table of the tenant's own every row counts, whatever it says. */
  private static PurgeItem rows(
      Connection connection,
      String place,
      String table,
      SharedTables.@Nullable Table shared,
      TenantId tenant)
      throws SQLException {
    String sql =
        "select t::text from "
            + table
            + " t "
            + (shared == null ? "" : "where " + shared.ofTenant() + " ")
            + "order by t::text collate \"C\"";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (shared != null) {
        statement.setString(1, TenantNames.register(tenant));
      }
      statement.setFetchSize(FETCH);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long count = 0;
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          digest.update(rows.getString(1).getBytes(StandardCharsets.UTF_8));
          digest.update((byte) '\n');
          count++;
        }
      }
      return new PurgeItem(
          place, count, count == 0 ? null : HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  private static long roles(Connection connection, TenantId tenant) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NAMED_ROLES)) {
      statement.setString(1, TenantNames.register(tenant));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}

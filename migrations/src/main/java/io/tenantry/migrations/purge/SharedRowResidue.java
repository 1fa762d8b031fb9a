package io.tenantry.migrations.purge;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows in the tables that tenants share, whoever owns them. */
final class SharedRowResidue implements ResidueSource {

  @Override
  public String place() {
    return "rows of every table with a tenant_id outside of tenants' schemas";
  }

  @Override
  public List<String> find(Connection backup, Subject subject) throws SQLException {
    List<String> found = new ArrayList<>();
    for (SharedTables.Table table : SharedTables.find(backup)) {
      if (!table.keeps()) {
        long rows = count(backup, table.name(), subject);
        if (rows > 0) {
          found.add(rows + " rows in " + table.name());
        }
      }
    }
    return found;
  }

  static long count(Connection connection, String table, Subject subject) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select count(*) from " + table + " t where t.tenant_id = ?")) {
      statement.setObject(1, subject.tenant().id().value());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}

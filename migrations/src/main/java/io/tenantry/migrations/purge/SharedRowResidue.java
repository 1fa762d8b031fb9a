package io.tenantry.migrations.purge;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.failure.SqlStates;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows in what tenants share, whoever owns it. */
final class SharedRowResidue implements ResidueSource {

  @Override
  public String place() {
    return "rows of everything with a tenant_id outside of tenants' schemas: tables, materialized"
        + " views, foreign tables";
  }

  @Override
  public List<String> find(Connection backup, Subject subject) throws SQLException {
    List<String> found = new ArrayList<>();
    for (SharedTables.Table table : SharedTables.find(backup)) {
      if (table.keeps()) {
        continue;
      }
      try {
        long rows = table.count(backup, subject);
        if (rows > 0) {
          found.add(rows + " rows in " + table.name());
        }
      } catch (SQLException e) {
        if (!backup.isValid(1) || passing(e)) {
          throw e;
        }
        // Such as a foreign table whose server is away: what was not searched is not clean.
        found.add(table.name() + " could not be searched: SQLSTATE " + e.getSQLState());
      }
    }
    return found;
  }

  /** Such as a deadlock: the same search may go well at once. */
  private static boolean passing(SQLException failure) {
    return SqlStates.code(String.valueOf(failure.getSQLState()))
        .filter(code -> code == ErrorCode.CONCURRENT_UPDATE || code == ErrorCode.DEADLINE_EXCEEDED)
        .isPresent();
  }
}

package io.tenantry.persistence.connection;

import io.tenantry.persistence.connection.StatementRefusedException.Reason;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.postgresql.core.Parser;

/**
 * Lets through one statement at a time, and only the kinds that read and write rows. The driver
 * would run stacked statements, and some of the others (SET, PREPARE, LISTEN, DECLARE, COMMIT)
 * leave something in the session for the next tenant, or leave the tenant.
 */
final class SqlGuard implements StatementGuard {

  private static final Set<String> KINDS =
      Set.of("select", "insert", "update", "delete", "merge", "with", "values");

  @Override
  public void demandAllowed(String sql) throws SQLException {
    String kind = SqlScanner.firstWord(sql).toLowerCase(Locale.ROOT);
    if (!KINDS.contains(kind)) {
      throw new StatementRefusedException(Reason.KIND);
    }
    // The driver's own parser: what it counts is what it would send.
    if (Parser.parseJdbcSql(sql, true, true, true, false, false).size() != 1) {
      throw new StatementRefusedException(Reason.SEVERAL);
    }
  }
}

package io.tenantry.persistence.connection;

import io.tenantry.persistence.connection.StatementRefusedException.Reason;
import io.tenantry.tenancy.sql.SqlScanner;
import io.tenantry.tenancy.sql.SqlScanner.Token;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * Lets through one statement at a time, and only the kinds that read and write rows. The driver
 * would run stacked statements, and some of the others (SET, PREPARE, LISTEN, DECLARE, COMMIT)
 * leave something in the session for the next tenant, or leave the tenant.
 *
 * <p>Two parsers that know nothing of each other have to say so, the driver's and ours; and ours
 * looks at the text that was given and at the one that the driver makes of it, since a parameter's
 * number may begin or end what a question mark did not.
 */
final class SqlGuard implements StatementGuard {

  private static final Set<String> KINDS =
      Set.of("select", "insert", "update", "delete", "merge", "with", "values");

  @Override
  public void demandAllowed(String sql) throws StatementRefusedException {
    demandCharactersAreSentAsTheyAre(sql);
    demandOneStatement(sql);
    String sent = demandOneForTheDriver(sql);
    if (!sent.equals(sql)) {
      demandOneStatement(sent);
    }
  }

  /** NUL ends a text on its way; half a character beyond 16 bits becomes a question mark. */
  private static void demandCharactersAreSentAsTheyAre(String sql)
      throws StatementRefusedException {
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < sql.length()
          && Character.isLowSurrogate(sql.charAt(i + 1))) {
        i++;
      } else if (c == '\0' || Character.isSurrogate(c)) {
        throw new StatementRefusedException(Reason.UNREADABLE);
      }
    }
  }

  private static void demandOneStatement(String sql) throws StatementRefusedException {
    SqlScanner scanner = new SqlScanner(sql);
    boolean begun = false;
    boolean ended = false;
    while (scanner.next()) {
      Token token = scanner.token();
      if (token == Token.BROKEN) {
        throw new StatementRefusedException(Reason.UNREADABLE);
      }
      if (token == Token.SPACE || token == Token.COMMENT) {
        continue;
      }
      if (ended) {
        throw new StatementRefusedException(Reason.SEVERAL);
      }
      if (!begun && !scanner.is('(')) {
        demandKind(token == Token.WORD ? scanner.text() : "");
        begun = true;
      }
      ended = token == Token.SEMICOLON;
    }
    if (!begun) {
      throw new StatementRefusedException(Reason.KIND);
    }
  }

  private static void demandKind(String word) throws StatementRefusedException {
    if (!KINDS.contains(word.toLowerCase(Locale.ROOT))) {
      throw new StatementRefusedException(Reason.KIND);
    }
  }

  /** The text as the driver sends it. Escapes it would replace by texts of its own. */
  private static String demandOneForTheDriver(String sql) throws StatementRefusedException {
    try {
      if (!Parser.replaceProcessing(sql, true, true).equals(sql)) {
        throw new StatementRefusedException(Reason.ESCAPE);
      }
      List<NativeQuery> queries = Parser.parseJdbcSql(sql, true, true, true, false, true);
      if (queries.size() != 1) {
        throw new StatementRefusedException(Reason.SEVERAL);
      }
      return queries.getFirst().nativeSql;
    } catch (StatementRefusedException e) {
      throw e;
    } catch (SQLException e) {
      // Not as its cause: the driver's message holds words of the statement.
      throw new StatementRefusedException(Reason.UNREADABLE);
    }
  }
}

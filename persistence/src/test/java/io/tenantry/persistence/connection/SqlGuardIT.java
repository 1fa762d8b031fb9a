package io.tenantry.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * The guard against the real server: texts made of everything that may mislead a reader of SQL.
 * Whatever it takes, the server must see as one statement that leaves the transaction and its role
 * as they were.
 */
class SqlGuardIT {

  private static final int TEXTS = 6_000;
  private static final List<String> PIECES =
      List.of(
          "'",
          "''",
          "\"",
          "$$",
          "$a$",
          "$?",
          "$",
          "?",
          "\\",
          "\\'",
          "E'",
          "e''",
          "U&'",
          "\n",
          " ",
          " --",
          "\r",
          "/*",
          "*/",
          "(",
          ")",
          "1",
          "1e",
          "a",
          ", ",
          "||",
          "-",
          ";",
          "; set role none",
          "; commit",
          ";select 2",
          " set role none",
          "'\n'",
          "' -- '\n'",
          "$$'$$",
          "begin atomic ",
          " end",
          "ä",
          "x$$",
          "$$'$$;select 2 --'");

  private static final List<String> BEGINNINGS =
      List.of("select ", "select 1 ", "select '", "select E'", "(select 1) ", "/* */ values (1)");

  @Test
  void theServerSeesOneStatementInWhateverIsTaken() throws SQLException {
    assertThat(severalForTheServer(new SqlGuard())).isEmpty();
  }

  @Test
  void theServerWouldSeeSeveralInWhatAGuardTakesThatKnowsNoLiterals() throws SQLException {
    StatementGuard naive =
        sql -> {
          if (sql.replaceAll("'[^']*'", "").contains(";")) {
            throw new StatementRefusedException(StatementRefusedException.Reason.SEVERAL);
          }
        };
    assertThat(severalForTheServer(naive)).isNotEmpty();
  }

  private static List<String> severalForTheServer(StatementGuard guard) throws SQLException {
    List<String> several = new ArrayList<>();
    Random random = new Random(20_260_729);
    int taken = 0;
    int run = 0;
    assertThat(Fixture.PLATFORM).isNotNull();
    try (Connection simple = superuser()) {
      simple.setAutoCommit(false);
      for (int i = 0; i < TEXTS; i++) {
        String sql = text(random);
        if (!takes(guard, sql)) {
          continue;
        }
        taken++;
        int statements = statements(simple, sql);
        run += statements > 0 ? 1 : 0;
        TransactionState state = simple.unwrap(BaseConnection.class).getTransactionState();
        if (statements > 1 || state == TransactionState.IDLE) {
          several.add(sql);
        }
        simple.rollback();
      }
    }
    // Otherwise the texts are no test of anything.
    assertThat(taken).isGreaterThan(TEXTS / 50);
    assertThat(run).isGreaterThan(20);
    return several;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder(one(BEGINNINGS, random));
    for (int i = random.nextInt(10); i >= 0; i--) {
      text.append(one(PIECES, random));
    }
    return text.toString();
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private static boolean takes(StatementGuard guard, String sql) {
    try {
      guard.demandAllowed(sql);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** How many the server carries out of a text that it gets whole; 0 when the first one fails. */
  private static int statements(Connection simple, String sql) throws SQLException {
    String seen = sql.replace("?", "1");
    try (Statement statement = simple.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(seen);
      int count = 1;
      while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
        count++;
      }
      return count;
    } catch (SQLException e) {
      return 0;
    }
  }

  private static Connection superuser() throws SQLException {
    TestPostgres server = TestPostgres.shared();
    return DriverManager.getConnection(
        server.jdbcUrl(Fixture.DATABASE)
            + (server.jdbcUrl(Fixture.DATABASE).contains("?") ? "&" : "?")
            + "preferQueryMode=simple",
        server.superuser(),
        server.superuserPassword());
  }
}

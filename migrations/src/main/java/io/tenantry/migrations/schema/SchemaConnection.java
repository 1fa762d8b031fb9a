package io.tenantry.migrations.schema;

import io.tenantry.control.FencedTransaction;
import io.tenantry.control.SqlWork;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * A connection of the DDL login that sends each text as it is, unsplit and in one trip: the
 * driver's own splitting knows less of SQL than the server does. Transactions are the texts' own
 * affair. Not thread-safe; blocks on the database.
 */
public final class SchemaConnection implements AutoCloseable {

  private static final String SESSION =
      "set client_min_messages = notice; set standard_conforming_strings = on";

  private final Connection connection;

  private SchemaConnection(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens one.
   *
   * @param migrator the DDL login; may be a pool
   */
  public static SchemaConnection open(DataSource migrator) throws SQLException {
    Connection connection = migrator.getConnection();
    try {
      mode(connection, PreferQueryMode.SIMPLE);
      SchemaConnection opened = new SchemaConnection(connection);
      try (Statement statement = opened.statement()) {
        statement.execute(SESSION);
      }
      return opened;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Sends a text of one or more statements. When the server refuses one, the open transaction is
   * rolled back, if the connection still stands.
   */
  public void send(String text) throws SchemaFailure {
    int last = -1;
    try (Statement statement = statement()) {
      try {
        statement.execute(text);
      } catch (SQLException e) {
        last = lastMark(statement);
        throw e;
      }
    } catch (SQLException e) {
      throw rolledBack(e, last);
    }
  }

  /**
   * Enters the tenant in the transaction that is open, as the owner that {@link SchemaText#open}
   * has made of it; a refusal is as of {@link #send}. In a trip of its own: what proves that it may
   * is bound, and stands in no text.
   */
  public void enter(
      CapabilitySigner signer, TenantId tenant, Duration statementTimeout, Duration lockTimeout)
      throws SchemaFailure {
    try {
      bound(
          inside -> {
            FencedTransaction.enter(inside, signer, tenant, statementTimeout, lockTimeout);
            return true;
          });
    } catch (SQLException e) {
      throw new SchemaFailure(rolledBack(e, -1).refusal(), -1, true);
    }
  }

  /** Works in the transaction that is open, then rolls it back. */
  public <T> T lookAndRollBack(SqlWork<T> work) throws SQLException {
    return bound(
        inside -> {
          // Otherwise work that wants a transaction would begin one, and roll this one back.
          inside.setAutoCommit(false);
          try {
            return work.run(inside);
          } finally {
            inside.rollback();
            inside.setAutoCommit(true);
          }
        });
  }

  private <T> T bound(SqlWork<T> work) throws SQLException {
    // The simple protocol has no values: the driver would write them into the text.
    mode(connection, PreferQueryMode.EXTENDED);
    try {
      return work.run(connection);
    } finally {
      mode(connection, PreferQueryMode.SIMPLE);
    }
  }

  private SchemaFailure rolledBack(SQLException refusal, int changeSet) {
    try (Statement statement = statement()) {
      statement.execute("rollback");
    } catch (SQLException broken) {
      refusal.addSuppressed(broken);
    }
    return new SchemaFailure(refusal, changeSet);
  }

  /** The rows of one query, their columns as text. */
  public List<List<String>> rows(String query) throws SQLException {
    try (Statement statement = statement();
        ResultSet rows = statement.executeQuery(query)) {
      int columns = rows.getMetaData().getColumnCount();
      List<List<String>> all = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          String value = rows.getString(i);
          row.add(value == null ? "" : value);
        }
        all.add(row);
      }
      return all;
    }
  }

  /** Whether the session still stands, as the driver knows without asking. */
  public boolean broken() {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /** A transaction that is open is rolled back; what the texts have set for the session stays. */
  @Override
  public void close() throws SQLException {
    try (Connection closing = connection) {
      BaseConnection driver = closing.unwrap(BaseConnection.class);
      if (!driver.isClosed() && driver.getTransactionState() != TransactionState.IDLE) {
        try (Statement statement = statement()) {
          statement.execute("rollback");
        }
      }
      mode(closing, PreferQueryMode.EXTENDED);
    }
  }

  private static void mode(Connection connection, PreferQueryMode mode) throws SQLException {
    connection.unwrap(BaseConnection.class).getQueryExecutor().setPreferQueryMode(mode);
  }

  private Statement statement() throws SQLException {
    Statement statement = connection.createStatement();
    // Braces are ours: no JDBC escapes.
    statement.setEscapeProcessing(false);
    return statement;
  }

  private static int lastMark(Statement statement) throws SQLException {
    int last = -1;
    for (SQLWarning one = statement.getWarnings(); one != null; one = one.getNextWarning()) {
      String message = one.getMessage();
      if (message != null && message.startsWith(SchemaText.MARK)) {
        last = Integer.parseInt(message.substring(SchemaText.MARK.length()));
      }
    }
    return last;
  }
}

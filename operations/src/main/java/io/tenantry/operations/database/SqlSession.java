package io.tenantry.operations.database;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.operations.terminal.Table;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/** One connection on which SQL is run as it was typed. For one thread. */
final class SqlSession implements AutoCloseable {

  static final String APPLICATION = "tenantry-psql";

  /** More would fill the screen, and memory. */
  private static final int MOST_ROWS = 10_000;

  private final Connection connection;

  private SqlSession(Connection connection) {
    this.connection = connection;
  }

  static SqlSession open(DatabaseAddress address, LoginCredentials login, boolean write)
      throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            address.jdbcUrl(APPLICATION) + "&connectTimeout=5", login.user(), login.password());
    try (Statement statement = connection.createStatement()) {
      if (!write) {
        statement.execute("set default_transaction_read_only = on");
      }
      return new SqlSession(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Runs one or more statements, and answers whether none of them failed. */
  boolean run(String sql, PrintWriter out, PrintWriter err) {
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(MOST_ROWS);
      boolean rows = statement.execute(sql);
      while (rows || statement.getUpdateCount() >= 0) {
        if (rows) {
          print(statement.getResultSet(), out);
        } else {
          out.println(statement.getUpdateCount() + " rows changed");
        }
        rows = statement.getMoreResults();
      }
      for (SQLWarning said = statement.getWarnings(); said != null; said = said.getNextWarning()) {
        err.println(said.getMessage() + " (" + said.getSQLState() + ")");
      }
      return true;
    } catch (SQLException e) {
      err.println(e.getMessage() + " (" + e.getSQLState() + ")");
      return false;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private static void print(ResultSet result, PrintWriter out) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    String[] cells = new String[columns.getColumnCount()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = columns.getColumnLabel(i + 1);
    }
    Table table = new Table(cells);
    int rows = 0;
    while (result.next()) {
      for (int i = 0; i < cells.length; i++) {
        String value = result.getString(i + 1);
        cells[i] = value == null ? "" : value;
      }
      table.add(cells);
      rows++;
    }
    out.println(table);
    out.println("(" + rows + (rows == MOST_ROWS ? " rows, perhaps more)" : " rows)"));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

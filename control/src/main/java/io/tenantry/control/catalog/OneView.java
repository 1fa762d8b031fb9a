package io.tenantry.control.catalog;

import io.tenantry.control.SqlWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A transaction that changes nothing, and whose statements all see the same state. Stateless. */
final class OneView {

  private OneView() {}

  /**
   * Runs {@code work} in one, which is rolled back in any case: what was set for it goes away. A
   * change that is made meanwhile would look like half of it, were there a view a statement.
   *
   * @param connection with auto-commit, as it has again afterwards
   */
  static <T> T of(Connection connection, SqlWork<T> work) throws SQLException {
    connection.setAutoCommit(false);
    T seen;
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set transaction isolation level repeatable read, read only");
      }
      seen = work.run(connection);
    } catch (Throwable failure) {
      try {
        end(connection);
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
    end(connection);
    return seen;
  }

  private static void end(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }
}

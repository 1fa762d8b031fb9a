package io.tenantry.control;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs work in one transaction of a control login. */
final class ControlTransactions {

  private final DataSource source;

  ControlTransactions(DataSource source) {
    this.source = source;
  }

  /**
   * @param doing what is being done, to follow "While"
   */
  <T extends @Nullable Object> T call(String doing, SqlWork<T> work) {
    try (Connection connection = source.getConnection()) {
      return inTransaction(connection, work);
    } catch (SQLException e) {
      throw SqlFailures.translate(doing, e);
    }
  }

  /** Commits when {@code work} returns, rolls back when it throws; auto-commit is as before. */
  static <T extends @Nullable Object> T inTransaction(Connection connection, SqlWork<T> work)
      throws SQLException {
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false);
    T result;
    try {
      result = work.run(connection);
      connection.commit();
    } catch (Throwable failure) {
      try {
        connection.rollback();
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
    connection.setAutoCommit(autoCommit);
    return result;
  }
}

package io.tenantry.persistence.connection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** What the session of a pool of one holds while nobody uses it. */
record Backend(
    int pid,
    String role,
    String register,
    String tenant,
    String statementTimeout,
    String lockTimeout,
    String readOnly,
    String searchPath,
    TransactionState transaction) {

  /** What a session holds that no tenant has left anything in. */
  static Backend clean(int pid) {
    return new Backend(pid, "none", "", "", "0", "0", "off", "pg_catalog", TransactionState.IDLE);
  }

  static Backend look(ServingPool pool) throws SQLException {
    try (Connection raw = pool.borrow()) {
      TransactionState before = raw.unwrap(BaseConnection.class).getTransactionState();
      try (Statement statement = raw.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select pg_backend_pid(), current_setting('role'),"
                      + " current_setting('backtrace_functions'),"
                      + " coalesce(current_setting('app.tenant_id', true), ''),"
                      + " current_setting('statement_timeout'), current_setting('lock_timeout'),"
                      + " current_setting('transaction_read_only'),"
                      + " current_setting('search_path')")) {
        row.next();
        return new Backend(
            row.getInt(1),
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            row.getString(8),
            before);
      }
    }
  }

  /** Runs SQL as the bare login and answers its SQLSTATE, null when it was accepted. */
  static @Nullable String asLogin(ServingPool pool, String sql) {
    try (Connection raw = pool.borrow();
        Statement statement = raw.createStatement()) {
      statement.execute(sql);
      raw.commit();
      return null;
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}

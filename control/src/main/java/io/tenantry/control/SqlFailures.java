package io.tenantry.control;

import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/** Turns failures of JDBC into ours, by SQLSTATE alone. Stateless. */
public final class SqlFailures {

  private SqlFailures() {}

  /**
   * The failure as ours: {@code database_unavailable} when the server is away, stopping or full, or
   * does not take the login, which may be in rotation; {@code pool_exhausted} when a pool had no
   * connection to give; {@code deadline_exceeded} for a cancelled statement; {@code
   * concurrent_update} for what the same transaction may survive when it is repeated, else a {@link
   * ControlException}.
   *
   * @param doing what was being done, to follow "While"
   */
  public static RuntimeException translate(String doing, SQLException failure) {
    String state = failure.getSQLState();
    if ("57014".equals(state) || isTooLate(failure)) {
      return new TenantryException(
          ErrorCode.DEADLINE_EXCEEDED, "The request took too long (while " + doing + ").", failure);
    }
    if (state == null
        && failure instanceof SQLTransientConnectionException
        && failure.getCause() == null) {
      // A pool waited in vain, and no attempt to connect had failed: all are in use.
      return new TenantryException(
          ErrorCode.POOL_EXHAUSTED, "All connections are busy (while " + doing + ").", failure);
    }
    if (isUnavailable(failure)) {
      return new TenantryException(
          ErrorCode.DATABASE_UNAVAILABLE, "The database is away (while " + doing + ").", failure);
    }
    if ("40001".equals(state) || "40P01".equals(state) || "55P03".equals(state)) {
      return new TenantryException(
          ErrorCode.CONCURRENT_UPDATE, "Somebody else was faster (while " + doing + ").", failure);
    }
    return new ControlException(doing, failure);
  }

  /** Whether an answer was waited for until the request's deadline was over. */
  private static boolean isTooLate(SQLException failure) {
    return failure.getCause() instanceof SocketTimeoutException
        && !RequestDeadline.remaining(Duration.ofSeconds(1)).isPositive();
  }

  /** Whether the connection or the server's resources, not the statement, is what failed. */
  public static boolean isUnavailable(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null) {
      // A pool that has no connection to give has no SQLSTATE of its own either.
      return failure instanceof SQLTransientConnectionException;
    }
    // connection_exception; invalid_authorization (a login in rotation); insufficient_resources
    return state.startsWith("08")
        || state.startsWith("28")
        || state.startsWith("53")
        || state.startsWith("57P0");
  }
}

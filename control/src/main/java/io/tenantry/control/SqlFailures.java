package io.tenantry.control;

import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.failure.SqlStates;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns failures of JDBC into ours, by SQLSTATE alone. Stateless. */
public final class SqlFailures {

  private SqlFailures() {}

  /**
   * The failure as ours: what {@link SqlStates} says of its state; {@code pool_exhausted} when a
   * pool had no connection to give and {@code database_unavailable} when it could open none; {@code
   * deadline_exceeded} when the answer was waited for until then; else a {@link ControlException}.
   *
   * @param doing what was being done, to follow "While"
   */
  public static RuntimeException translate(String doing, SQLException failure) {
    return code(failure)
        .<RuntimeException>map(
            code -> new TenantryException(code, code.title() + " (while " + doing + ").", failure))
        .orElseGet(() -> new ControlException(doing, failure));
  }

  /**
   * Why something failed, to be written where callers read it: our own words, a SQLSTATE, or the
   * kind of what was thrown. The server's message may hold names and values; it is for the log.
   */
  public static String inWords(RuntimeException failure) {
    return switch (failure) {
      case TenantryException known -> known.detail();
      case ControlException refused -> "SQLSTATE " + refused.sqlState();
      default -> failure.getClass().getSimpleName();
    };
  }

  /**
   * Whether the same transaction may succeed when it is begun again, and nobody has said yet what
   * the failure means to the caller.
   */
  static boolean passing(RuntimeException failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof TenantryException known && known.code() != ErrorCode.CONCURRENT_UPDATE) {
        return false;
      }
      if (at instanceof SQLException sql && sql.getSQLState() != null) {
        return SqlStates.passing(sql.getSQLState()).isPresent();
      }
    }
    return false;
  }

  private static Optional<ErrorCode> code(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null && failure instanceof SQLTransientConnectionException) {
      // A pool waited in vain; unless an attempt to connect had failed, all are in use.
      return Optional.of(
          failure.getCause() == null ? ErrorCode.POOL_EXHAUSTED : ErrorCode.DATABASE_UNAVAILABLE);
    }
    if (isTooLate(failure)) {
      return Optional.of(ErrorCode.DEADLINE_EXCEEDED);
    }
    return state == null ? Optional.empty() : SqlStates.code(state);
  }

  /** Whether an answer was waited for until the request's deadline was over. */
  private static boolean isTooLate(SQLException failure) {
    return failure.getCause() instanceof SocketTimeoutException
        && !RequestDeadline.remaining(Duration.ofSeconds(1)).isPositive();
  }
}

package io.tenantry.persistence.failure;

import io.tenantry.persistence.connection.CheckoutException;
import io.tenantry.persistence.connection.StatementRefusedException;
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
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.OptimisticLockingFailureException;

/** Finds the database's own word in an exception, and what it means. Thread-safe. */
public final class DatabaseFailures {

  private DatabaseFailures() {}

  /**
   * The expected failure behind {@code failure}, empty when there is none: then it is a bug, and
   * whoever catches it says so.
   */
  public static Optional<TenantryException> translate(Throwable failure) {
    Optional<TenantryException> known = find(TenantryException.class, failure);
    if (known.isPresent()) {
      return known;
    }
    if (failure instanceof OptimisticLockingFailureException) {
      return Optional.of(of(ErrorCode.CONCURRENT_UPDATE, failure));
    }
    Optional<StatementRefusedException> refused = find(StatementRefusedException.class, failure);
    if (refused.isPresent()) {
      // Not with what wraps it: Spring's and Hibernate's messages hold the statement itself.
      return Optional.of(of(ErrorCode.STATEMENT_REFUSED, refused.get()));
    }
    return find(SQLException.class, failure)
        .flatMap(sql -> code(sql).map(code -> of(code, failure)));
  }

  /**
   * Why the same transaction may succeed when it is begun again: a word for the metrics. Empty when
   * it would not, or when somebody has said already what the failure means to the caller.
   */
  static Optional<String> passing(Throwable failure) {
    Optional<TenantryException> known = find(TenantryException.class, failure);
    if (known.isPresent() && known.get().code() != ErrorCode.CONCURRENT_UPDATE) {
      return Optional.empty();
    }
    if (find(OptimisticLockingFailureException.class, failure).isPresent()) {
      return Optional.of("version");
    }
    return find(SQLException.class, failure)
        .map(SQLException::getSQLState)
        .flatMap(SqlStates::passing);
  }

  /** The name of the unique key that {@code failure} collided with, empty for other failures. */
  public static Optional<String> violatedKey(Throwable failure) {
    return find(SQLException.class, failure)
        .filter(sql -> SqlStates.UNIQUE_VIOLATION.equals(sql.getSQLState()))
        .map(sql -> sql instanceof PSQLException server ? server.getServerErrorMessage() : null)
        .map(ServerErrorMessage::getConstraint);
  }

  private static Optional<ErrorCode> code(SQLException sql) {
    String state = sql.getSQLState();
    if (sql instanceof SQLTransientConnectionException && state == null) {
      // HikariCP waited in vain; unless an attempt to connect had failed, all are in use.
      return Optional.of(
          sql.getCause() == null ? ErrorCode.POOL_EXHAUSTED : ErrorCode.DATABASE_UNAVAILABLE);
    }
    if (find(SocketTimeoutException.class, sql).isPresent()
        && !RequestDeadline.remaining(Duration.ofSeconds(1)).isPositive()) {
      // The answer was waited for until the deadline and a moment beyond it.
      return Optional.of(ErrorCode.DEADLINE_EXCEEDED);
    }
    Optional<ErrorCode> code = state == null ? Optional.empty() : SqlStates.code(state);
    if (code.isEmpty() && sql instanceof CheckoutException) {
      return Optional.of(ErrorCode.CHECKOUT_REFUSED);
    }
    return code;
  }

  private static <T extends Throwable> Optional<T> find(Class<T> type, Throwable failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return Optional.of(type.cast(at));
      }
    }
    return Optional.empty();
  }

  private static TenantryException of(ErrorCode code, Throwable cause) {
    return new TenantryException(code, code.title() + ".", cause);
  }
}

package io.tenantry.control;

import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.failure.AnotherTry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in one transaction of a control login. Inside {@link #outer}, on the same thread and of
 * the same source, all work is one transaction, and a failure within dooms it even when somebody
 * catches it: half of it must never be committed.
 *
 * <p>What the database gives up for the sake of another transaction is begun again, twice, whole:
 * all work has no effect but on its connection, and what joins an outer transaction fails that one.
 */
final class ControlTransactions {

  private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();
  private static final String LIMIT_TIME =
      """
      select set_config('statement_timeout', t.millis, true),
        set_config('lock_timeout', t.millis, true)
      from (select least(?::int, nullif(extract(epoch from
        current_setting('statement_timeout')::interval) * 1000, 0)::int)::text as millis) t
      """;
  private static final ScopedValue<Outer> OUTER = ScopedValue.newInstance();

  private final DataSource source;

  ControlTransactions(DataSource source) {
    this.source = source;
  }

  /**
   * @param doing what is being done, to follow "While"
   */
  <T extends @Nullable Object> T call(String doing, SqlWork<T> work) {
    if (!OUTER.isBound() || OUTER.get().source != source) {
      return alone(doing, work);
    }
    Outer outer = OUTER.get();
    try {
      outer.demandSound();
      return work.run(outer.connection);
    } catch (SQLException e) {
      outer.doomed = e;
      throw SqlFailures.translate(doing, e);
    } catch (RuntimeException | Error e) {
      outer.doomed = e;
      throw e;
    }
  }

  /** As {@link #call}, but never part of an outer transaction, which may yet be rolled back. */
  <T extends @Nullable Object> T alone(String doing, SqlWork<T> work) {
    for (int retries = 0; ; retries++) {
      try {
        return once(doing, work);
      } catch (RuntimeException e) {
        if (!SqlFailures.passing(e) || !AnotherTry.after(retries)) {
          throw e;
        }
      }
    }
  }

  private <T extends @Nullable Object> T once(String doing, SqlWork<T> work) {
    try (Connection connection = source.getConnection()) {
      return inTransaction(
          connection,
          inside -> {
            limitTime(inside);
            return work.run(inside);
          });
    } catch (SQLException e) {
      throw SqlFailures.translate(doing, e);
    }
  }

  /** As {@link #call}, and what {@code work} calls on this thread joins; not inside another. */
  <T extends @Nullable Object> T outer(String doing, SqlWork<T> work) {
    if (OUTER.isBound()) {
      throw new IllegalStateException("An outer transaction is open already, while " + doing);
    }
    return alone(
        doing,
        connection -> {
          Outer outer = new Outer(source, connection);
          T result =
              ScopedValue.where(OUTER, outer).<T, SQLException>call(() -> work.run(connection));
          outer.demandSound();
          return result;
        });
  }

  /**
   * Lets no statement of the transaction run, or wait for a lock, beyond the request's deadline:
   * its locks would stand in the way of others, for nobody. Who has none keeps the connection's own
   * timeouts, which are never made longer here.
   */
  private static void limitTime(Connection connection) throws SQLException {
    Optional<Duration> left = RequestDeadline.remaining();
    if (left.isEmpty()) {
      return;
    }
    if (!left.get().isPositive()) {
      throw new SQLTimeoutException("The deadline passed before the transaction.", "57014");
    }
    try (PreparedStatement statement = connection.prepareStatement(LIMIT_TIME)) {
      statement.setInt(1, Math.toIntExact(Math.clamp(left.get().toMillis(), 1, LONGEST_MILLIS)));
      statement.execute();
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

  private static final class Outer {
    private final DataSource source;
    private final Connection connection;
    private @Nullable Throwable doomed;

    Outer(DataSource source, Connection connection) {
      this.source = source;
      this.connection = connection;
    }

    void demandSound() {
      if (doomed != null) {
        throw new IllegalStateException("A part of this transaction has failed.", doomed);
      }
    }
  }
}

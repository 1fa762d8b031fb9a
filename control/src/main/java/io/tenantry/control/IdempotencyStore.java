package io.tenantry.control;

import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.idempotency.Answered;
import io.tenantry.tenancy.idempotency.KeptRefusal;
import io.tenantry.tenancy.idempotency.OnceWork;
import io.tenantry.tenancy.idempotency.OnceWork.Made;
import io.tenantry.tenancy.idempotency.RequestKey;
import io.tenantry.tenancy.idempotency.StoredAnswer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Carries out platform requests once. Key, effect and answer are one transaction of a control
 * login: what the stores of this package do within the work, on the same thread, joins it.
 * Thread-safe; blocks on the database; {@code database_unavailable} when it is away.
 */
public final class IdempotencyStore {

  // An uncommitted twin would make the insert wait for as long as the twin runs. What the
  // transaction had is read before, and restored with the row.
  private static final String CLAIM =
      """
      with usual as materialized (select current_setting('lock_timeout') as wait)
      insert into tenantry_control.idempotency_keys as k (caller, key, request_hash)
      select ?, ?, decode(?, 'hex') from usual u
        where set_config('lock_timeout', case when u.wait <> '' then '100ms' end, true) <> ''
      on conflict (caller, key) do update
        set request_hash = excluded.request_hash, status = null, headers = null, body = null,
            created_at = excluded.created_at
        where k.created_at < now() - make_interval(secs => ?)
      returning set_config('lock_timeout', (select u.wait from usual u), true)
      """;
  private static final String KEEP =
      """
      update tenantry_control.idempotency_keys
      set status = ?, headers = ?, body = convert_to(?, 'UTF8')
      where caller = ? and key = ?
      """;
  private static final String FIND =
      """
      select encode(k.request_hash, 'hex'), k.status, k.headers, convert_from(k.body, 'UTF8')
      from tenantry_control.idempotency_keys k where k.caller = ? and k.key = ?
      """;
  private static final String EXPIRE =
      """
      delete from tenantry_control.idempotency_keys d where (d.caller, d.key) in (
        select k.caller, k.key from tenantry_control.idempotency_keys k
        where k.created_at < now() - make_interval(secs => ?)
        order by k.created_at limit ? for update skip locked)
      """;

  private final ControlTransactions transactions;
  private final Duration retention;

  /**
   * @param retention how long a key stands for its answer
   */
  public IdempotencyStore(DataSource control, Duration retention) {
    this.transactions = new ControlTransactions(control);
    this.retention = retention;
  }

  /**
   * Runs {@code work} and keeps its answer, or answers what was kept. A final refusal ({@link
   * OnceWork#isFinal}) undoes the work and is kept all the same; any other failure leaves nothing
   * behind.
   *
   * @param caller whose key it is
   * @throws TenantryException with {@code idempotency_key_reused} when the key stands for another
   *     request, {@code idempotency_in_progress} when the first one has not ended; what the work
   *     throws
   */
  public Answered once(String caller, RequestKey key, OnceWork work) {
    return KeptRefusal.orAnswer(work, run -> within(caller, key, run));
  }

  /**
   * Deletes keys that have expired; what another instance deletes at the same time is left to it.
   *
   * @param most above 0
   * @return how many; fewer than {@code most} when no more are left
   */
  public int expire(int most) {
    return transactions.call(
        "deleting expired keys",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(EXPIRE)) {
            statement.setLong(1, retention.toSeconds());
            statement.setInt(2, most);
            return statement.executeUpdate();
          }
        });
  }

  private Answered within(String caller, RequestKey key, Supplier<Made> work) {
    return transactions.outer(
        "carrying out a request once",
        connection -> {
          if (!claim(connection, caller, key)) {
            return replay(connection, caller, key);
          }
          Made made = work.get();
          keep(connection, caller, key, made.kept());
          return new Answered(made.shown(), false);
        });
  }

  private boolean claim(Connection connection, String caller, RequestKey key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setString(1, caller);
      statement.setString(2, key.key());
      statement.setString(3, key.hash());
      statement.setLong(4, retention.toSeconds());
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    } catch (SQLException e) {
      if ("55P03".equals(e.getSQLState())) {
        throw key.inProgress(e);
      }
      throw e;
    }
  }

  private static void keep(
      Connection connection, String caller, RequestKey key, StoredAnswer answer)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
      statement.setInt(1, answer.status());
      statement.setString(2, answer.headers());
      statement.setString(3, answer.body());
      statement.setString(4, caller);
      statement.setString(5, key.key());
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("The key of this request was not where it was put.");
      }
    }
  }

  private static Answered replay(Connection connection, String caller, RequestKey key)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setString(1, caller);
      statement.setString(2, key.key());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          // It was there, and expired and was deleted in between.
          throw key.inProgress(new IllegalStateException("The key has just been deleted."));
        }
        if (!key.hash().equals(row.getString(1))) {
          throw key.reused();
        }
        return new Answered(
            new StoredAnswer(
                row.getInt(2),
                Optional.ofNullable(row.getString(3)).orElse(""),
                Optional.ofNullable(row.getString(4)).orElse("")),
            true);
      }
    }
  }
}

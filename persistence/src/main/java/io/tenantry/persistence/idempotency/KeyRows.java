package io.tenantry.persistence.idempotency;

import io.tenantry.persistence.connection.PoolSettings;
import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.idempotency.RequestKey;
import io.tenantry.tenancy.idempotency.StoredAnswer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of keys, of the tenant in scope and within the transaction that is open. */
@Component
class KeyRows {

  /** An uncommitted twin would make the insert wait for as long as the twin runs. */
  private static final int WAIT_FOR_TWIN_MS = 100;

  private static final int LONGEST_WAIT_MS = 60_000;
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** The waiting time changes before the row is written, and back once it is: one round trip. */
  private static final String CLAIM =
      """
      insert into tenant__schema.api_idempotency_keys as k (tenant_id, key, request_hash)
      select ?, ?, decode(?, 'hex') where tenantry_guard.wait_for_locks(?)
      on conflict (tenant_id, key) do update
        set request_hash = excluded.request_hash, status = null, headers = null, body = null,
            created_at = excluded.created_at
        where k.created_at < now() - make_interval(secs => ?)
      returning tenantry_guard.wait_for_locks(?)
      """;

  private static final String KEEP =
      """
      update tenant__schema.api_idempotency_keys
      set status = ?, headers = ?, body = convert_to(?, 'UTF8')
      where tenant_id = ? and key = ?
      """;
  private static final String FIND =
      """
      select encode(k.request_hash, 'hex'), k.status, k.headers, convert_from(k.body, 'UTF8')
      from tenant__schema.api_idempotency_keys k where k.tenant_id = ? and k.key = ?
      """;
  private static final String EXPIRE =
      """
      delete from tenant__schema.api_idempotency_keys d
      where d.tenant_id = ? and d.key in (
        select k.key from tenant__schema.api_idempotency_keys k
        where k.tenant_id = ? and k.created_at < now() - make_interval(secs => ?)
        order by k.created_at limit ? for update skip locked)
      """;

  /** A key that was there, and its answer. */
  record Known(String hash, StoredAnswer answer) {}

  private final JdbcTemplate sql;
  private final PoolSettings pool;
  private final IdempotencySettings settings;

  KeyRows(JdbcTemplate sql, PoolSettings pool, IdempotencySettings settings) {
    this.sql = sql;
    this.pool = pool;
    this.settings = settings;
  }

  /** Writes the key, without an answer; false when it is there and has not expired. */
  boolean claim(RequestKey key) {
    try {
      List<Boolean> written =
          sql.query(
              CLAIM,
              (row, _) -> row.getBoolean(1),
              tenant(),
              key.key(),
              key.hash(),
              WAIT_FOR_TWIN_MS,
              settings.retention().toSeconds(),
              usualWait());
      return !written.isEmpty();
    } catch (DataAccessException e) {
      if (e.getRootCause() instanceof SQLException cause
          && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
        throw key.inProgress(e);
      }
      throw e;
    }
  }

  void keep(RequestKey key, StoredAnswer answer) {
    int kept =
        sql.update(KEEP, answer.status(), answer.headers(), answer.body(), tenant(), key.key());
    if (kept != 1) {
      throw new IllegalStateException("The key of this request was not where it was put.");
    }
  }

  Optional<Known> find(RequestKey key) {
    return sql
        .query(
            FIND,
            (row, _) ->
                new Known(
                    row.getString(1),
                    new StoredAnswer(row.getInt(2), row.getString(3), row.getString(4))),
            tenant(),
            key.key())
        .stream()
        .findFirst();
  }

  /** Deletes expired rows that nobody else is deleting; how many. */
  int expire(int most) {
    return sql.update(EXPIRE, tenant(), tenant(), settings.retention().toSeconds(), most);
  }

  private static UUID tenant() {
    return TenantContext.required().value();
  }

  /** What the checkout has set, or a little less: time has passed since. */
  private int usualWait() {
    long millis = RequestDeadline.remaining(pool.lockTimeout()).toMillis();
    return Math.toIntExact(Math.clamp(millis, 1, LONGEST_WAIT_MS));
  }
}

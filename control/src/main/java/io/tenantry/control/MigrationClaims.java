package io.tenantry.control;

import io.tenantry.tenancy.error.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Who carries a run out. A worker holds it by a lease and prolongs that by heartbeats; every write
 * names the worker, and who lost the lease gets {@link LeaseLostException} and changes nothing.
 * Thread-safe; each call is one transaction of a control login and blocks on the database, whose
 * clock it is; {@code database_unavailable} when it is away.
 */
public final class MigrationClaims {

  // A worker that lost its connection takes up its own run at once.
  private static final String NEXT =
      """
      select r.id, r.target, r.plan_hash from tenantry_control.migration_runs r
      where r.state = 'QUEUED'
        or (r.state = 'RUNNING' and (r.lease_until < clock_timestamp() or r.worker = ?))
      for update skip locked limit 1
      """;
  private static final String CLAIM =
      """
      update tenantry_control.migration_runs as r set
        state = 'RUNNING', worker = ?, attempt = r.attempt + 1,
        lease_until = clock_timestamp() + make_interval(secs => ?),
        started_at = coalesce(r.started_at, clock_timestamp()),
        error_code = null, error_detail = null
      where r.id = ?
      """;
  // The first reason stays: builds that come and go would write theirs for ever.
  private static final String LEAVE =
      """
      update tenantry_control.migration_runs set error_code = ?, error_detail = ?
      where id = ? and error_detail is null
      """;
  private static final String HEARTBEAT =
      """
      update tenantry_control.migration_runs set
        lease_until = clock_timestamp() + make_interval(secs => ?)
      where id = ? and worker = ? and state = 'RUNNING'
      """;
  private static final String START =
      """
      update tenantry_control.migration_runs set plan_hash = coalesce(plan_hash, ?), target = ?
      where id = ? and worker = ? and state = 'RUNNING'
      """;
  // A pause that somebody was promised outlasts the worker that was to take it.
  private static final String STATE =
      """
      update tenantry_control.migration_runs set worker = null, lease_until = null,
        state = case when ? = 'QUEUED' and pause_requested then 'PAUSED' else ? end,
        pause_requested = false, error_code = ?, error_detail = ?,
        finished_at = case when ? in ('SUCCEEDED', 'FAILED') then clock_timestamp() end
      where id = ? and worker = ? and state = 'RUNNING'
      """;

  private final ControlTransactions transactions;

  public MigrationClaims(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /**
   * Takes the run that nobody holds: queued, of a worker that shows no life, or this worker's own.
   * One that {@code rule} refuses stays as it is, but says why, by {@code migration_refused}, until
   * somebody claims it.
   */
  public Optional<MigrationRun> claim(String worker, Duration lease, ClaimRule rule) {
    return transactions.call(
        "claiming a run",
        connection -> {
          Optional<UUID> next = next(connection, worker, rule);
          if (next.isEmpty()) {
            return Optional.empty();
          }
          MigrationRows.update(connection, CLAIM, worker, seconds(lease), next.get());
          return MigrationRows.find(connection, next.get());
        });
  }

  private static Optional<UUID> next(Connection connection, String worker, ClaimRule rule)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(NEXT)) {
      statement.setString(1, worker);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        UUID run = row.getObject("id", UUID.class);
        String why = rule.refusal(run, row.getString("target"), row.getString("plan_hash"));
        if (why == null) {
          return Optional.of(run);
        }
        MigrationRows.update(connection, LEAVE, ErrorCode.MIGRATION_REFUSED.id(), why, run);
        return Optional.empty();
      }
    }
  }

  /** The run as it is now. */
  public MigrationRun read(UUID run) {
    return transactions.call(
        "reading a run", connection -> MigrationRows.find(connection, run).orElseThrow());
  }

  /** Prolongs the lease from now. */
  public void heartbeat(UUID run, String worker, Duration lease) {
    one("prolonging a lease", run, worker, HEARTBEAT, seconds(lease), run, worker);
  }

  /** Writes down what will run, before anything does; who takes it over leaves the hash alone. */
  public void start(UUID run, String worker, String planHash, @Nullable String target) {
    one("beginning a run", run, worker, START, planHash, target, run, worker);
  }

  /** It pauses itself, or as somebody wished; {@code code} and {@code detail} say why, or null. */
  public void paused(UUID run, String worker, @Nullable ErrorCode code, @Nullable String detail) {
    state(run, worker, MigrationState.PAUSED, code, detail);
  }

  /**
   * Ends it; {@code code} is null when nothing failed, and {@code detail} when there is nothing to
   * be said.
   */
  public void finish(
      UUID run, String worker, boolean good, @Nullable ErrorCode code, @Nullable String detail) {
    state(run, worker, good ? MigrationState.SUCCEEDED : MigrationState.FAILED, code, detail);
  }

  /** Gives it back unfinished, so that it is claimed again without waiting. */
  public void giveBack(UUID run, String worker) {
    state(run, worker, MigrationState.QUEUED, null, null);
  }

  /** As {@link #giveBack}, for a build that can do it; {@code why} stands there until then. */
  public void leave(UUID run, String worker, String why) {
    state(run, worker, MigrationState.QUEUED, ErrorCode.MIGRATION_REFUSED, why);
  }

  private void state(
      UUID run,
      String worker,
      MigrationState state,
      @Nullable ErrorCode code,
      @Nullable String detail) {
    one(
        "moving a run to " + state,
        run,
        worker,
        STATE,
        state.name(),
        state.name(),
        code == null ? null : code.id(),
        detail,
        state.name(),
        run,
        worker);
  }

  private void one(String doing, UUID run, String worker, String sql, @Nullable Object... values) {
    transactions.<@Nullable Void>call(
        doing,
        connection -> {
          if (MigrationRows.update(connection, sql, values) != 1) {
            throw new LeaseLostException(run, worker);
          }
          return null;
        });
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}

package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Commands for runs, and what became of them. It writes down what is wanted; a worker carries it
 * out. Every command is an event of the platform's audit. Thread-safe; each call is one transaction
 * of a control login and blocks on the database; {@code database_unavailable} when it is away.
 */
public final class MigrationRuns {

  private static final String PAGE =
      MigrationRows.SELECT
          + "where (?::timestamptz is null or (r.created_at, r.id) < (?::timestamptz, ?::uuid))"
          + " order by r.created_at desc, r.id desc limit ?";
  private static final String RESULTS =
      """
      select x.*, t.slug from tenantry_control.migration_results x
      left join tenantry_control.tenants t on t.id = x.tenant_id
      where x.run_id = ? and (?::text is null or x.state = ?)
        and (?::uuid is null or x.tenant_id > ?::uuid)
      order by x.tenant_id limit ?
      """;
  // A worker that shows no life would never hear of it, and no other may know the run's plan.
  private static final String PAUSE =
      """
      update tenantry_control.migration_runs r set
        state = case when n.held then r.state else 'PAUSED' end,
        worker = case when n.held then r.worker end,
        lease_until = case when n.held then r.lease_until end,
        pause_requested = n.held
      from (select id, state = 'RUNNING' and lease_until >= clock_timestamp() as held
        from tenantry_control.migration_runs where id = ?) n
      where r.id = n.id
      """;
  private static final String RESUME =
      """
      update tenantry_control.migration_runs r set
        state = case when r.state = 'PAUSED' then 'QUEUED' else r.state end,
        pause_requested = false, error_code = null, error_detail = null,
        accepted_failures = (select count(*) from tenantry_control.migration_results x
          where x.run_id = r.id and x.state = 'FAILED')
      where r.id = ?
      """;
  private static final String END =
      """
      with left_out as (
        update tenantry_control.migration_results set state = 'SKIPPED',
          detail = 'The run was reverted before its turn.', finished_at = clock_timestamp()
        where run_id = ? and state = 'PENDING')
      update tenantry_control.migration_runs set state = 'FAILED', pause_requested = false,
        finished_at = clock_timestamp()
      where id = ?
      """;
  private static final String LOCK =
      "select from tenantry_control.migration_runs where id = ? for update";
  private static final String UNKNOWN_SLUGS =
      """
      select s from unnest(?::text[]) s
      where not exists (select from tenantry_control.tenants t where t.slug = s) order by s
      """;

  private final ControlTransactions transactions;

  public MigrationRuns(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /**
   * Asks for a run.
   *
   * @throws TenantryException with {@code migration_unfinished} and that run's id while there is
   *     one, {@code validation_failed} when a canary is no tenant
   */
  public MigrationRun request(MigrationRequest request, By by) {
    return transactions.call(
        "asking for a run",
        connection -> {
          demandKnown(connection, request.canaries());
          return insert(connection, request, null, by, "migration.start");
        });
  }

  /**
   * Asks for a run that takes back what this one did, in the schemas that nobody has changed since.
   * A paused one ends by that.
   *
   * @throws TenantryException with {@code not_found}, {@code migration_state_conflict} while it
   *     runs, {@code migration_unfinished} while another one does
   */
  public MigrationRun revert(UUID id, By by) {
    return transactions.call(
        "reverting a run",
        connection -> {
          MigrationRun run = locked(connection, id);
          if (run.state() == MigrationState.PAUSED) {
            MigrationRows.update(connection, END, id, id);
          } else if (!run.state().finished()) {
            throw conflict(run, "pause it, and revert it then");
          }
          return insert(connection, MigrationRequest.up(), id, by, "migration.revert");
        });
  }

  /**
   * Has it begin no further tenant. It is PAUSED when those under way are done, or at once when
   * nobody holds it, or who does shows no life; a second call changes nothing else.
   *
   * @throws TenantryException with {@code not_found}, {@code migration_state_conflict} when it has
   *     finished
   */
  public MigrationRun pause(UUID id, By by) {
    return transactions.call(
        "pausing a run",
        connection -> {
          MigrationRun run = locked(connection, id);
          if (run.state().finished()) {
            throw conflict(run, "it has finished");
          }
          if (run.state() == MigrationState.PAUSED) {
            return run;
          }
          MigrationRows.update(connection, PAUSE, id);
          return run.pauseRequested()
              ? MigrationRows.find(connection, id).orElseThrow()
              : audited(connection, id, "migration.pause", by);
        });
  }

  /**
   * Lets it go on. What has failed so far is accepted and does not pause it again.
   *
   * @throws TenantryException with {@code not_found}, {@code migration_state_conflict} when it has
   *     finished
   */
  public MigrationRun resume(UUID id, By by) {
    return transactions.call(
        "resuming a run",
        connection -> {
          MigrationRun run = locked(connection, id);
          if (run.state().finished()) {
            throw conflict(run, "it has finished; ask for another");
          }
          if (run.state() != MigrationState.PAUSED && !run.pauseRequested()) {
            return run;
          }
          MigrationRows.update(connection, RESUME, id);
          return audited(connection, id, "migration.resume", by);
        });
  }

  public Optional<MigrationRun> find(UUID id) {
    return transactions.call("reading a run", connection -> MigrationRows.find(connection, id));
  }

  /** The one that has not finished, if there is one. */
  public Optional<MigrationRun> unfinished() {
    return transactions.call("reading a run", MigrationRows::unfinished);
  }

  /**
   * Runs, newest first by time and id.
   *
   * @param most above 0
   * @param beforeTime begins behind the run of this time and {@code beforeId}; null: at the newest
   */
  public List<MigrationRun> list(int most, @Nullable Instant beforeTime, @Nullable UUID beforeId) {
    return transactions.call(
        "listing runs",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setObject(1, beforeTime == null ? null : beforeTime.atOffset(ZoneOffset.UTC));
            statement.setObject(2, beforeTime == null ? null : beforeTime.atOffset(ZoneOffset.UTC));
            statement.setObject(3, beforeId);
            statement.setInt(4, most);
            return MigrationRows.readAll(statement);
          }
        });
  }

  /**
   * What a run did, in the order of the tenants' ids.
   *
   * @param state only those; null: all
   * @param most above 0
   * @param after the last tenant of the page before; null: from the first
   */
  public List<MigrationResult> results(
      UUID run, @Nullable MigrationResultState state, int most, @Nullable TenantId after) {
    return transactions.call(
        "reading the results of a run",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(RESULTS)) {
            statement.setObject(1, run);
            statement.setString(2, state == null ? null : state.name());
            statement.setString(3, state == null ? null : state.name());
            statement.setObject(4, after == null ? null : after.value());
            statement.setObject(5, after == null ? null : after.value());
            statement.setInt(6, most);
            List<MigrationResult> results = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                results.add(MigrationRows.result(row));
              }
            }
            return results;
          }
        });
  }

  private static MigrationRun insert(
      Connection connection, MigrationRequest request, @Nullable UUID reverts, By by, String action)
      throws SQLException {
    UUID id = Ids.next();
    if (!MigrationRows.insert(connection, id, request, reverts, by)) {
      String other =
          MigrationRows.unfinished(connection)
              .map(run -> run.id() + " is " + run.state())
              .orElse("one has just ended; ask again");
      throw new TenantryException(
          ErrorCode.MIGRATION_UNFINISHED, "Another run is unfinished: " + other + ".");
    }
    return audited(connection, id, action, by);
  }

  private static void demandKnown(Connection connection, List<String> slugs) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNKNOWN_SLUGS)) {
      statement.setArray(1, connection.createArrayOf("text", slugs.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          String what = "There is no tenant '" + row.getString(1) + "'.";
          throw new TenantryException(
              ErrorCode.VALIDATION_FAILED,
              what,
              List.of(new FieldError("/canaries", "unknown", what)));
        }
      }
    }
  }

  private static MigrationRun locked(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      statement.setObject(1, id);
      statement.execute();
    }
    return MigrationRows.find(connection, id)
        .orElseThrow(
            () -> new TenantryException(ErrorCode.NOT_FOUND, "There is no run " + id + "."));
  }

  private static MigrationRun audited(Connection connection, UUID id, String action, By by)
      throws SQLException {
    AuditLog.runChanged(connection, id, action, by);
    return MigrationRows.find(connection, id).orElseThrow();
  }

  private static TenantryException conflict(MigrationRun run, String way) {
    return new TenantryException(
        ErrorCode.MIGRATION_STATE_CONFLICT,
        "Run " + run.id() + " is " + run.state() + "; " + way + ".");
  }
}

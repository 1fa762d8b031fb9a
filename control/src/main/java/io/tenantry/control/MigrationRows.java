package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes runs and their results. */
final class MigrationRows {

  /** Of runs as {@code r}, each with what became of its tenants. */
  static final String SELECT =
      """
      select r.*, c.pending, c.succeeded, c.failed, c.skipped
      from tenantry_control.migration_runs r
      cross join lateral (
        select count(*) filter (where x.state = 'PENDING')::int as pending,
          count(*) filter (where x.state = 'SUCCEEDED')::int as succeeded,
          count(*) filter (where x.state = 'FAILED')::int as failed,
          count(*) filter (where x.state = 'SKIPPED')::int as skipped
        from tenantry_control.migration_results x where x.run_id = r.id) c
      """;

  static final String UNFINISHED = "where r.state in ('QUEUED', 'RUNNING', 'PAUSED')";

  private static final String INSERT =
      """
      insert into tenantry_control.migration_runs (id, direction, target, steps, reverts_run_id,
        canaries, wave_percents, failure_budget, workers, requested_by, request_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
      """;

  private static final String HOLD =
      """
      select from tenantry_control.migration_runs
      where id = ? and worker = ? and state = 'RUNNING' for share
      """;

  private MigrationRows() {}

  /** Answers whether it was written: not while another is unfinished. */
  static boolean insert(
      Connection connection, UUID id, MigrationRequest request, @Nullable UUID reverts, By by)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, id);
      statement.setString(
          2, reverts == null ? request.direction().name() : MigrationDirection.REVERT.name());
      statement.setString(3, request.target());
      statement.setObject(4, request.steps(), java.sql.Types.INTEGER);
      statement.setObject(5, reverts);
      statement.setArray(6, connection.createArrayOf("text", request.canaries().toArray()));
      statement.setArray(7, connection.createArrayOf("int4", request.wavePercents().toArray()));
      statement.setInt(8, request.failureBudget());
      statement.setInt(9, request.workers());
      statement.setString(10, by.actor());
      statement.setString(11, by.requestId());
      return statement.executeUpdate() == 1;
    }
  }

  static Optional<MigrationRun> find(Connection connection, UUID id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT + "where r.id = ?")) {
      statement.setObject(1, id);
      return readAll(statement).stream().findFirst();
    }
  }

  static Optional<MigrationRun> unfinished(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT + UNFINISHED)) {
      return readAll(statement).stream().findFirst();
    }
  }

  static List<MigrationRun> readAll(PreparedStatement statement) throws SQLException {
    List<MigrationRun> runs = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        runs.add(read(row));
      }
    }
    return runs;
  }

  private static MigrationRun read(ResultSet row) throws SQLException {
    return new MigrationRun(
        row.getObject("id", UUID.class),
        MigrationDirection.valueOf(row.getString("direction")),
        MigrationState.valueOf(row.getString("state")),
        row.getString("target"),
        row.getObject("steps", Integer.class),
        row.getObject("reverts_run_id", UUID.class),
        List.of((String[]) row.getArray("canaries").getArray()),
        List.of((Integer[]) row.getArray("wave_percents").getArray()),
        row.getInt("failure_budget"),
        row.getInt("accepted_failures"),
        row.getInt("workers"),
        row.getString("plan_hash"),
        row.getBoolean("pause_requested"),
        row.getString("requested_by"),
        row.getString("request_id"),
        row.getString("worker"),
        TenantRows.instant(row, "lease_until"),
        row.getInt("attempt"),
        row.getString("error_code"),
        row.getString("error_detail"),
        new MigrationCounts(
            row.getInt("pending"),
            row.getInt("succeeded"),
            row.getInt("failed"),
            row.getInt("skipped")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        TenantRows.instant(row, "started_at"),
        TenantRows.instant(row, "finished_at"));
  }

  static MigrationResult result(ResultSet row) throws SQLException {
    return new MigrationResult(
        new TenantId(row.getObject("tenant_id", UUID.class)),
        row.getString("slug"),
        row.getInt("wave"),
        MigrationResultState.valueOf(row.getString("state")),
        row.getString("from_version"),
        row.getString("to_version"),
        row.getString("changeset"),
        row.getString("sqlstate"),
        row.getString("detail"),
        row.getInt("attempts"),
        TenantRows.instant(row, "finished_at"));
  }

  static void hold(Connection connection, UUID run, String worker) throws SQLException {
    LeaseRows.hold(connection, HOLD, run, worker);
  }

  static int update(Connection connection, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }
}

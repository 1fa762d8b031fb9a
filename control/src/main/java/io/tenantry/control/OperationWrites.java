package io.tenantry.control;

import io.tenantry.tenancy.error.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes about an operation by the worker that holds it; each write checks that it does. */
final class OperationWrites {

  private static final String HOLD =
      """
      select from tenantry_control.operations
      where id = ? and worker = ? and state = 'RUNNING' for update
      """;
  private static final String START_STEP =
      """
      insert into tenantry_control.operation_steps as s (operation_id, number, name)
      values (?, ?, ?)
      on conflict (operation_id, number) do update set
        name = excluded.name, state = 'RUNNING', started_at = clock_timestamp(), finished_at = null, detail = null
      """;
  private static final String FINISH_STEP =
      """
      update tenantry_control.operation_steps set
        state = 'SUCCEEDED', finished_at = clock_timestamp(), detail = ?
      where operation_id = ? and number = ?
      """;
  private static final String FAIL_STEPS =
      """
      update tenantry_control.operation_steps set
        state = 'FAILED', finished_at = clock_timestamp(), detail = ?
      where operation_id = ? and state = 'RUNNING'
      """;
  private static final String FINISH =
      """
      update tenantry_control.operations set
        state = ?, worker = null, lease_until = null, finished_at = clock_timestamp(),
        error_code = ?, error_detail = ?
      where id = ? and worker = ? and state = 'RUNNING'
      """;

  private OperationWrites() {}

  /**
   * Lets the transaction's commit not wait for the disk. A server that crashes then forgets it,
   * with all that was committed after it and nothing that was committed before: for what is done
   * again, to the same end.
   */
  static void mayBeForgotten(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local synchronous_commit = off");
    }
  }

  /** Locks the operation's row for this transaction. */
  static void hold(Connection connection, UUID id, String worker) throws SQLException {
    LeaseRows.hold(connection, HOLD, id, worker);
  }

  static void demandOne(PreparedStatement statement, UUID id, String worker) throws SQLException {
    if (statement.executeUpdate() != 1) {
      throw new LeaseLostException(id, worker);
    }
  }

  /**
   * Writes one row that the worker holds.
   *
   * @param sql its last two parameters are the row's id and the worker
   * @param values the parameters before these
   */
  static void writeHeld(
      Connection connection, String sql, UUID id, String worker, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int at = 1;
      for (@Nullable Object value : values) {
        statement.setObject(at++, value);
      }
      statement.setObject(at, id);
      statement.setString(at + 1, worker);
      demandOne(statement, id, worker);
    }
  }

  /** As {@code make_interval} takes it. */
  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  static void startStep(Connection connection, UUID id, int number, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(START_STEP)) {
      statement.setObject(1, id);
      statement.setInt(2, number);
      statement.setString(3, name);
      statement.executeUpdate();
    }
  }

  static void finishStep(Connection connection, UUID id, int number, @Nullable String detail)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FINISH_STEP)) {
      statement.setString(1, detail);
      statement.setObject(2, id);
      statement.setInt(3, number);
      statement.executeUpdate();
    }
  }

  static void succeed(Connection connection, UUID id, String worker) throws SQLException {
    finish(connection, id, worker, OperationState.SUCCEEDED, null, null);
  }

  static void fail(Connection connection, UUID id, String worker, ErrorCode code, String detail)
      throws SQLException {
    finish(connection, id, worker, OperationState.FAILED, code.id(), detail);
    try (PreparedStatement statement = connection.prepareStatement(FAIL_STEPS)) {
      statement.setString(1, detail);
      statement.setObject(2, id);
      statement.executeUpdate();
    }
  }

  private static void finish(
      Connection connection,
      UUID id,
      String worker,
      OperationState state,
      @Nullable String code,
      @Nullable String detail)
      throws SQLException {
    writeHeld(connection, FINISH, id, worker, state.name(), code, detail);
  }
}

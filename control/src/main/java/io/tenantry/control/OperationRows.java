package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Reads and writes rows of the operation queue. */
final class OperationRows {

  /** What {@link #read} wants, of a table called {@code o}. */
  static final String COLUMNS =
      """
      o.id, o.kind, o.tenant_id, o.state, o.requested_by, o.request_id, o.worker, o.lease_until,
      o.attempt, o.error_code, o.error_detail, o.created_at, o.started_at, o.finished_at
      """;

  private static final String INSERT =
      """
      insert into tenantry_control.operations as o (id, kind, tenant_id, requested_by, request_id)
      values (?, ?, ?, ?, ?) returning
      """
          + COLUMNS;
  private static final String UNFINISHED =
      "select "
          + COLUMNS
          + " from tenantry_control.operations o"
          + " where o.tenant_id = ? and o.state in ('QUEUED', 'RUNNING')";

  private static final String OVERTAKE =
      """
      update tenantry_control.operations set
        state = 'FAILED', worker = null, lease_until = null, finished_at = clock_timestamp(),
        error_code = ?, error_detail = ?
      where tenant_id = ? and state in ('QUEUED', 'RUNNING')
      """;

  private OperationRows() {}

  static Operation insert(Connection connection, OperationKind kind, TenantId tenant, By by)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, Ids.next());
      statement.setString(2, kind.name());
      statement.setObject(3, tenant.value());
      statement.setString(4, by.actor());
      statement.setString(5, by.requestId());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return read(row);
      }
    }
  }

  static Optional<Operation> unfinished(Connection connection, TenantId tenant)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNFINISHED)) {
      statement.setObject(1, tenant.value());
      return first(statement);
    }
  }

  /**
   * Ends the tenant's unfinished operation, if there is one, as overtaken; a worker that holds it
   * finds its lease gone.
   */
  static void overtake(Connection connection, TenantId tenant, String why) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OVERTAKE)) {
      statement.setString(1, ErrorCode.TENANT_STATE_CONFLICT.id());
      statement.setString(2, why);
      statement.setObject(3, tenant.value());
      statement.executeUpdate();
    }
  }

  static Optional<Operation> first(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(read(row)) : Optional.empty();
    }
  }

  static Operation read(ResultSet row) throws SQLException {
    return new Operation(
        row.getObject("id", UUID.class),
        OperationKind.valueOf(row.getString("kind")),
        new TenantId(row.getObject("tenant_id", UUID.class)),
        OperationState.valueOf(row.getString("state")),
        row.getString("requested_by"),
        row.getString("request_id"),
        row.getString("worker"),
        TenantRows.instant(row, "lease_until"),
        row.getInt("attempt"),
        row.getString("error_code"),
        row.getString("error_detail"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        TenantRows.instant(row, "started_at"),
        TenantRows.instant(row, "finished_at"));
  }
}

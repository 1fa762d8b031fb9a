package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives a tenant that was made ahead its name, all of it inside the caller's transaction: nothing
 * of the server's roles or schemas changes.
 */
final class PreparedClaim {

  // Whose schema was changed, or found changed, since it was proven, is proven again first; and
  // whoever proves it may be changing it.
  private static final String PICK =
      """
      select p.tenant_id, p.version, p.proof, p.created_at, p.ready_at
      from tenantry_control.prepared_tenants p
      join tenantry_control.tenant_schemas s on s.tenant_id = p.tenant_id
      where p.state = 'READY' and p.claimable_until > clock_timestamp()
        and p.worker is null and s.version = p.version and not s.drifted and s.failed_run_id is null
        and not exists (select from tenantry_control.tenants t where t.id = p.tenant_id)
      order by p.tenant_id limit 1
      for update of p, s skip locked
      """;
  private static final String DELETE =
      "delete from tenantry_control.prepared_tenants where tenant_id = ?";
  private static final String MOVE =
      "update tenantry_control.tenants as t set state = ? where t.id = ? returning "
          + TenantRows.COLUMNS;
  private static final String DONE =
      """
      insert into tenantry_control.operations as o
        (id, kind, tenant_id, state, requested_by, request_id, started_at, finished_at)
      values (?, 'PROVISION', ?, 'SUCCEEDED', ?, ?, clock_timestamp(), clock_timestamp())
      returning
      """
          + OperationRows.COLUMNS;
  private static final String STEPS =
      """
      insert into tenantry_control.operation_steps
        (operation_id, number, name, state, started_at, finished_at, detail)
      select s.operation_id, s.number, s.name, 'SUCCEEDED', s.started_at, s.finished_at, s.detail
      from (values
        (?::uuid, 1, 'made-ahead', ?::timestamptz, ?::timestamptz, ?),
        (?::uuid, 2, 'active', clock_timestamp(), clock_timestamp(), ?))
        s (operation_id, number, name, started_at, finished_at, detail)
      """;

  private final TenantId tenant;
  private final String version;
  private final String proof;
  private final OffsetDateTime begun;
  private final OffsetDateTime ready;

  private PreparedClaim(
      TenantId tenant, String version, String proof, OffsetDateTime begun, OffsetDateTime ready) {
    this.tenant = tenant;
    this.version = version;
    this.proof = proof;
    this.begun = begun;
    this.ready = ready;
  }

  /** One that may be claimed and that nobody else claims, held until the transaction ends. */
  static Optional<PreparedClaim> pick(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PICK);
        ResultSet row = statement.executeQuery()) {
      return row.next()
          ? Optional.of(
              new PreparedClaim(
                  new TenantId(row.getObject("tenant_id", UUID.class)),
                  row.getString("version"),
                  row.getString("proof"),
                  row.getObject("created_at", OffsetDateTime.class),
                  row.getObject("ready_at", OffsetDateTime.class)))
          : Optional.empty();
    }
  }

  UUID id() {
    return tenant.value();
  }

  /**
   * Walks the tenant, whose row was just inserted under this id, to ACTIVE, each state with its
   * event, and writes down the operation that was done before anybody asked for it.
   *
   * @param image the row as it was inserted
   */
  PutOutcome.Created complete(Connection connection, String image, By by) throws SQLException {
    String provisioning = move(connection, TenantState.PROVISIONING, by, image).image();
    Tenant active = move(connection, TenantState.ACTIVE, by, provisioning).tenant();
    try (PreparedStatement statement = connection.prepareStatement(DELETE)) {
      statement.setObject(1, id());
      statement.executeUpdate();
    }
    return new PutOutcome.Created(active, operation(connection, by));
  }

  private record Moved(Tenant tenant, String image) {}

  private Moved move(Connection connection, TenantState next, By by, String before)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      statement.setString(1, next.name());
      statement.setObject(2, id());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Tenant moved = TenantRows.read(row);
        String action = TenantTransitions.action(next);
        return new Moved(moved, AuditLog.tenantChanged(connection, id(), action, by, before));
      }
    }
  }

  private Operation operation(Connection connection, By by) throws SQLException {
    Operation operation;
    try (PreparedStatement statement = connection.prepareStatement(DONE)) {
      statement.setObject(1, Ids.next());
      statement.setObject(2, id());
      statement.setString(3, by.actor());
      statement.setString(4, by.requestId());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        operation = OperationRows.read(row);
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(STEPS)) {
      statement.setObject(1, operation.id());
      statement.setObject(2, begun);
      statement.setObject(3, ready);
      statement.setString(4, proof);
      statement.setObject(5, operation.id());
      statement.setString(6, version);
      statement.executeUpdate();
    }
    return operation;
  }
}

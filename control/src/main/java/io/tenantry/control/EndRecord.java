package io.tenantry.control;

import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Begin and end of the operations that end a tenant, where tenant and operation change together. A
 * failure leaves the tenant in the state it is in. Thread-safe; blocks on the database; throws
 * {@link LeaseLostException} for a worker that lost the operation.
 */
public final class EndRecord {

  private static final String BEGUN =
      "update tenantry_control.tenants set purge_begun_at = clock_timestamp() where id = ?";

  private final ControlTransactions transactions;

  public EndRecord(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /**
   * The tenant, when it is in the state that the operation is for.
   *
   * @throws TenantryException with {@code tenant_state_conflict} when it is in another one
   */
  public Tenant begin(Operation operation, String worker, TenantState state) {
    return transactions.call(
        "beginning an operation", connection -> held(connection, operation, worker, state));
  }

  /**
   * As {@link #begin} for a RETAINED tenant.
   *
   * @throws TenantryException with {@code legal_hold} when it is held
   */
  public Tenant beginPurge(Operation operation, String worker) {
    return transactions.call(
        "beginning a purge", connection -> toBePurged(connection, operation, worker));
  }

  /**
   * From here on the tenant cannot be undeleted or held. It is looked at once more in the same
   * transaction, since whatever the purge has waited for may have lasted.
   *
   * @throws TenantryException as {@link #beginPurge}
   */
  public Tenant beginRemoval(Operation operation, String worker) {
    return transactions.call(
        "beginning to remove a tenant",
        connection -> {
          Tenant tenant = toBePurged(connection, operation, worker);
          if (tenant.end().purgeBegunAt() != null) {
            return tenant;
          }
          String before = AuditLog.image(connection, tenant.id().value());
          try (PreparedStatement statement = connection.prepareStatement(BEGUN)) {
            statement.setObject(1, tenant.id().value());
            statement.executeUpdate();
          }
          AuditLog.tenantChanged(
              connection, tenant.id().value(), "tenant.purge", By.worker(worker), before);
          return TenantStore.lock(connection, tenant.id()).orElseThrow();
        });
  }

  private static Tenant toBePurged(Connection connection, Operation operation, String worker)
      throws SQLException {
    Tenant tenant = held(connection, operation, worker, TenantState.RETAINED);
    if (tenant.end().purgeBegunAt() == null) {
      TenantPurges.demandNoHold(tenant);
    }
    return tenant;
  }

  /** Ends the operation well and leaves the tenant as it is. */
  public void succeed(Operation operation, String worker, int step, String detail) {
    transactions.<Boolean>call(
        "ending an operation",
        connection -> {
          finish(connection, operation, worker, step, detail);
          return true;
        });
  }

  /** Moves the tenant to RETAINED, ends the step that did it and the operation. */
  public Tenant retained(Operation operation, String worker, int step) {
    return transactions.call(
        "ending an offboarding",
        connection -> {
          Tenant tenant =
              TenantTransitions.move(
                  connection, operation.tenant(), TenantState.RETAINED, By.worker(worker));
          finish(connection, operation, worker, step, "until " + tenant.end().purgeAfter());
          return tenant;
        });
  }

  /** Ends the operation with the reason; the tenant stays what it is. */
  public void fail(Operation operation, String worker, ErrorCode code, String detail) {
    transactions.<Boolean>call(
        "failing an operation",
        connection -> {
          OperationWrites.fail(connection, operation.id(), worker, code, detail);
          return true;
        });
  }

  private static Tenant held(
      Connection connection, Operation operation, String worker, TenantState state)
      throws SQLException {
    OperationWrites.hold(connection, operation.id(), worker);
    Tenant tenant =
        TenantStore.lock(connection, operation.tenant())
            .orElseThrow(() -> new IllegalStateException("An operation without a tenant."));
    if (tenant.state() != state) {
      throw TenantLifecycle.conflict(tenant, "not " + state);
    }
    return tenant;
  }

  static void finish(
      Connection connection, Operation operation, String worker, int step, String detail)
      throws SQLException {
    OperationWrites.succeed(connection, operation.id(), worker);
    OperationWrites.finishStep(connection, operation.id(), step, detail);
  }
}

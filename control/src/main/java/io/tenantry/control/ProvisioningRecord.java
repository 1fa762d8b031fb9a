package io.tenantry.control;

import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import javax.sql.DataSource;

/**
 * Begin and end of a provisioning, where tenant and operation change together: nobody ever sees an
 * ACTIVE tenant that is still being made, or a FAILED one with an operation that goes on.
 * Thread-safe; blocks on the database; throws {@link LeaseLostException} for a worker that lost it.
 */
public final class ProvisioningRecord {

  private final ControlTransactions transactions;

  public ProvisioningRecord(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /**
   * Moves the tenant to PROVISIONING; one that is there already was begun by a worker that died.
   */
  public Tenant begin(Operation operation, String worker) {
    return transactions.call(
        "beginning a provisioning",
        connection -> {
          OperationWrites.mayBeForgotten(connection);
          OperationWrites.hold(connection, operation.id(), worker);
          return TenantTransitions.move(
              connection, operation.tenant(), TenantState.PROVISIONING, By.worker(worker));
        });
  }

  /**
   * Moves the tenant to ACTIVE, ends the step that did it and the operation.
   *
   * @param schemaVersion the last changeset of its schema
   * @param step the number of the last step
   */
  public Tenant complete(Operation operation, String worker, String schemaVersion, int step) {
    return transactions.call(
        "ending a provisioning",
        connection -> {
          OperationWrites.succeed(connection, operation.id(), worker);
          OperationWrites.finishStep(connection, operation.id(), step, schemaVersion);
          SchemaRegistry.made(connection, operation.tenant(), schemaVersion);
          // A run may have failed on its schema; whoever made it since has ended that failure.
          HeldBack.release(connection, operation.tenant(), By.worker(worker));
          return TenantTransitions.move(
              connection, operation.tenant(), TenantState.ACTIVE, By.worker(worker));
        });
  }

  /** Ends the operation with the reason, and moves its tenant from PROVISIONING to FAILED. */
  public Tenant fail(Operation operation, String worker, ErrorCode code, String detail) {
    return transactions.call(
        "failing a provisioning",
        connection -> {
          OperationWrites.fail(connection, operation.id(), worker, code, detail);
          Tenant tenant =
              TenantStore.lock(connection, operation.tenant())
                  .orElseThrow(() -> new IllegalStateException("An operation without a tenant."));
          // One that was deleted meanwhile stays what it is.
          return tenant.state() == TenantState.PROVISIONING
              ? TenantTransitions.move(
                  connection, tenant.id(), TenantState.FAILED, By.worker(worker))
              : tenant;
        });
  }
}

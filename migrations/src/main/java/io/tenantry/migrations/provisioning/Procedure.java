package io.tenantry.migrations.provisioning;

import io.tenantry.control.Operation;
import io.tenantry.control.OperationKind;
import io.tenantry.control.Tenant;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.List;

/**
 * How operations of one kind are carried out: how they begin, their steps, and how they end. The
 * {@link Provisioner} claims them, writes the steps down, and goes on where another worker stopped.
 * Thread-safe; blocks on the database.
 */
public interface Procedure {

  OperationKind kind();

  /**
   * Begins the operation, or begins it again after a crash.
   *
   * @throws TenantryException with {@code tenant_state_conflict} or {@code legal_hold} when the
   *     tenant is not, or no longer, one that this can be done to; the operation then fails
   */
  Tenant begin(Operation operation, String worker);

  /** What is done, in order; each may be repeated at any time, and may throw {@link NotYet}. */
  List<ProvisioningStep> steps(Operation operation);

  /** Whether a step that went well before a crash is done again all the same. */
  boolean repeats(ProvisioningStep step);

  /** The name of the last step, which {@link #complete} carries out. */
  String lastStep();

  /**
   * Ends the operation well, with its last step.
   *
   * @param number of the last step
   * @param details what the steps before it have said, in their order; empty for nothing
   */
  Tenant complete(Operation operation, String worker, int number, List<String> details);

  /** Ends the operation with the reason. */
  void fail(Operation operation, String worker, ErrorCode code, String detail);

  /** What a failure is called that has no code of its own. */
  ErrorCode failure();
}

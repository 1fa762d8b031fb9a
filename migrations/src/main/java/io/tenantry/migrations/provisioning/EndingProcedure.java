package io.tenantry.migrations.provisioning;

import io.tenantry.control.EndRecord;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationKind;
import io.tenantry.tenancy.error.ErrorCode;

/**
 * What procedures at the end of a tenant have in common: a failure leaves the tenant in the state
 * it is in, and a step that went well is not repeated.
 */
public abstract class EndingProcedure implements Procedure {

  private final OperationKind kind;
  private final String lastStep;

  /** Begins and ends operations. */
  protected final EndRecord record;

  protected EndingProcedure(OperationKind kind, String lastStep, EndRecord record) {
    this.kind = kind;
    this.lastStep = lastStep;
    this.record = record;
  }

  @Override
  public final OperationKind kind() {
    return kind;
  }

  @Override
  public boolean repeats(ProvisioningStep step) {
    return false;
  }

  @Override
  public final String lastStep() {
    return lastStep;
  }

  @Override
  public final void fail(Operation operation, String worker, ErrorCode code, String detail) {
    record.fail(operation, worker, code, detail);
  }

  @Override
  public final ErrorCode failure() {
    return ErrorCode.OPERATION_FAILED;
  }
}

package io.tenantry.migrations.provisioning;

import io.tenantry.control.Operation;
import io.tenantry.control.OperationKind;
import io.tenantry.control.ProvisioningRecord;
import io.tenantry.control.Tenant;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.List;
import javax.sql.DataSource;

/** Makes tenants: from PENDING or FAILED by PROVISIONING to ACTIVE. */
final class Provisioning implements Procedure {

  private static final String TABLES = "tables";
  private static final String PROOF = "neighbour-proof";

  private final ProvisioningRecord record;
  private final List<ProvisioningStep> steps;

  Provisioning(DataSource control, List<ProvisioningStep> steps) {
    this.record = new ProvisioningRecord(control);
    this.steps = List.copyOf(steps);
  }

  @Override
  public OperationKind kind() {
    return OperationKind.PROVISION;
  }

  @Override
  public Tenant begin(Operation operation, String worker) {
    return record.begin(operation, worker);
  }

  @Override
  public List<ProvisioningStep> steps(Operation operation) {
    return steps;
  }

  /** What was proven before a crash is proven again: ACTIVE never rests on an old proof. */
  @Override
  public boolean repeats(ProvisioningStep step) {
    return step.name().equals(PROOF);
  }

  @Override
  public String lastStep() {
    return "active";
  }

  @Override
  public Tenant complete(Operation operation, String worker, int number, List<String> details) {
    String schemaVersion = "";
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).name().equals(TABLES)) {
        schemaVersion = details.get(i);
      }
    }
    return record.complete(operation, worker, schemaVersion, number);
  }

  @Override
  public void fail(Operation operation, String worker, ErrorCode code, String detail) {
    record.fail(operation, worker, code, detail);
  }

  @Override
  public ErrorCode failure() {
    return ErrorCode.PROVISIONING_FAILED;
  }
}

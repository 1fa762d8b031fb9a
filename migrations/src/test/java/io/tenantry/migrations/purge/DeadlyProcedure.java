package io.tenantry.migrations.purge;

import io.tenantry.control.Operation;
import io.tenantry.control.OperationKind;
import io.tenantry.control.Tenant;
import io.tenantry.migrations.provisioning.Procedure;
import io.tenantry.migrations.provisioning.ProvisioningStep;
import io.tenantry.tenancy.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Another procedure, up to the end of one of its steps. */
record DeadlyProcedure(Procedure whole, int step, Supplier<Error> death) implements Procedure {

  @Override
  public OperationKind kind() {
    return whole.kind();
  }

  @Override
  public Tenant begin(Operation operation, String worker) {
    return whole.begin(operation, worker);
  }

  @Override
  public List<ProvisioningStep> steps(Operation operation) {
    List<ProvisioningStep> steps = new ArrayList<>(whole.steps(operation));
    ProvisioningStep last = steps.get(step);
    steps.set(
        step,
        new ProvisioningStep(
            last.name(),
            tenant -> {
              last.action().run(tenant);
              throw death.get();
            }));
    return steps;
  }

  @Override
  public boolean repeats(ProvisioningStep one) {
    return whole.repeats(one);
  }

  @Override
  public String lastStep() {
    return whole.lastStep();
  }

  @Override
  public Tenant complete(Operation operation, String worker, int number, List<String> details) {
    return whole.complete(operation, worker, number, details);
  }

  @Override
  public void fail(Operation operation, String worker, ErrorCode code, String detail) {
    whole.fail(operation, worker, code, detail);
  }

  @Override
  public ErrorCode failure() {
    return whole.failure();
  }
}

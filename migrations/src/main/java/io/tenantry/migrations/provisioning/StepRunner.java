package io.tenantry.migrations.provisioning;

import io.tenantry.control.DoneStep;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStep;
import io.tenantry.control.OperationStore;
import io.tenantry.control.SqlFailures;
import io.tenantry.control.Tenant;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out an operation that its worker holds, whatever its procedure: writes down each step,
 * goes on behind the last that went well, and ends the operation. Blocks on the database.
 */
final class StepRunner {

  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

  /** An operation that kills its worker each time must not do so for ever. */
  private static final int MOST_ATTEMPTS = 10;

  private final OperationStore operations;
  private final String worker;

  StepRunner(OperationStore operations, String worker) {
    this.operations = operations;
    this.worker = worker;
  }

  /**
   * Comes back when the operation has ended, well or not.
   *
   * @throws NotYet when it has to wait
   * @throws TenantryException when it {@link #mayPass}, and the operation has not ended
   */
  void run(Procedure procedure, Operation operation) {
    if (operation.attempt() > MOST_ATTEMPTS) {
      String detail = "Given up after " + MOST_ATTEMPTS + " attempts that came to no end.";
      procedure.fail(operation, worker, procedure.failure(), detail);
      return;
    }
    Tenant tenant;
    try {
      tenant = procedure.begin(operation, worker);
    } catch (TenantryException e) {
      if (e.code() != ErrorCode.TENANT_STATE_CONFLICT && e.code() != ErrorCode.LEGAL_HOLD) {
        throw e;
      }
      // Such as deleted before anybody came to make it: trying again would not change that.
      procedure.fail(operation, worker, e.code(), e.detail());
      return;
    }
    Map<Integer, OperationStep> done =
        operations.steps(operation.id()).stream()
            .filter(step -> step.state() == OperationState.SUCCEEDED)
            .collect(Collectors.toMap(OperationStep::number, Function.identity()));
    List<String> details = new ArrayList<>();
    DoneStep last = null;
    for (ProvisioningStep step : procedure.steps(operation)) {
      int number = details.size() + 1;
      // Another build may have had another step by that number.
      @Nullable OperationStep before =
          Optional.ofNullable(done.get(number))
              .filter(one -> one.name().equals(step.name()))
              .orElse(null);
      String detail = before == null ? null : before.detail();
      if (before == null || procedure.repeats(step)) {
        operations.startStep(operation.id(), worker, last, number, step.name());
        try {
          detail = step.action().run(tenant);
        } catch (NotYet e) {
          throw e;
        } catch (RuntimeException e) {
          fail(procedure, operation, step, e);
          return;
        }
        last = new DoneStep(number, detail);
      }
      details.add(Objects.requireNonNullElse(detail, ""));
    }
    int number = details.size() + 1;
    operations.startStep(operation.id(), worker, last, number, procedure.lastStep());
    Tenant ended = procedure.complete(operation, worker, number, details);
    LOG.info("Tenant {} ({}) is {}.", ended.slug(), ended.id(), ended.state());
  }

  private void fail(
      Procedure procedure, Operation operation, ProvisioningStep step, RuntimeException failure) {
    if (failure instanceof TenantryException expected && mayPass(expected)) {
      throw expected;
    }
    LOG.error("Operation {} failed in step {}.", operation.id(), step.name(), failure);
    ErrorCode code =
        failure instanceof TenantryException expected ? expected.code() : procedure.failure();
    procedure.fail(
        operation, worker, code, "Step " + step.name() + ": " + SqlFailures.inWords(failure));
  }

  /** Whether the same may go well in a while, without anybody's doing. */
  static boolean mayPass(TenantryException failure) {
    return failure.code() == ErrorCode.DATABASE_UNAVAILABLE
        || failure.code() == ErrorCode.CONCURRENT_UPDATE;
  }
}

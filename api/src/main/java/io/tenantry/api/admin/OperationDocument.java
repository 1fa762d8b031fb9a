package io.tenantry.api.admin;

import io.tenantry.control.Operation;
import io.tenantry.control.OperationKind;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStep;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation as it is answered.
 *
 * @param error null unless it failed
 */
record OperationDocument(
    UUID id,
    OperationKind kind,
    UUID tenantId,
    OperationState state,
    int attempt,
    String requestedBy,
    @Nullable String requestId,
    List<Step> steps,
    @Nullable Failure error,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  static OperationDocument of(Operation operation, List<OperationStep> steps) {
    String code = operation.errorCode();
    return new OperationDocument(
        operation.id(),
        operation.kind(),
        operation.tenant().value(),
        operation.state(),
        operation.attempt(),
        operation.requestedBy(),
        operation.requestId(),
        steps.stream().map(Step::of).toList(),
        code == null ? null : new Failure(code, operation.errorDetail()),
        operation.createdAt(),
        operation.startedAt(),
        operation.finishedAt());
  }

  /** Why an operation failed. */
  record Failure(String code, @Nullable String detail) {}

  /** One step of an operation. */
  record Step(
      int number,
      String name,
      OperationState state,
      Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable String detail) {

    static Step of(OperationStep step) {
      return new Step(
          step.number(),
          step.name(),
          step.state(),
          step.startedAt(),
          step.finishedAt(),
          step.detail());
    }
  }
}

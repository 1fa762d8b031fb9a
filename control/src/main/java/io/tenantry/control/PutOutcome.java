package io.tenantry.control;

import java.util.Optional;

/** What a PUT of a tenant came to. */
public sealed interface PutOutcome {

  /** The tenant as it is now. */
  Tenant tenant();

  /** The operation on it that is not finished yet, if there is one. */
  Optional<Operation> pending();

  /**
   * There was none of that slug. The operation will make it, or has: a tenant that was made ahead
   * is ACTIVE at once.
   */
  record Created(Tenant tenant, Operation operation) implements PutOutcome {
    @Override
    public Optional<Operation> pending() {
      return operation.state().finished() ? Optional.empty() : Optional.of(operation);
    }
  }

  /** Something changed. */
  record Updated(Tenant tenant, Optional<Operation> pending) implements PutOutcome {}

  /** It was as it should be: nothing was written. */
  record Unchanged(Tenant tenant, Optional<Operation> pending) implements PutOutcome {}
}

package io.tenantry.control;

/** How far an operation, or one of its steps, has come. Steps are never QUEUED. */
public enum OperationState {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED;

  public boolean finished() {
    return this == SUCCEEDED || this == FAILED;
  }
}

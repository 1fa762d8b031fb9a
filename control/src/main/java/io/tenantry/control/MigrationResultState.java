package io.tenantry.control;

/** What became of one tenant in a run. */
public enum MigrationResultState {
  PENDING,
  SUCCEEDED,
  FAILED,
  /** Its schema is gone, or was changed by somebody else meanwhile. */
  SKIPPED
}

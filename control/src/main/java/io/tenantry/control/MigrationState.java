package io.tenantry.control;

/** Where a run is. */
public enum MigrationState {
  QUEUED,
  RUNNING,
  /** By somebody's wish, or because too many tenants failed; goes on when it is resumed. */
  PAUSED,
  SUCCEEDED,
  /** It was refused, or a tenant failed. */
  FAILED;

  /** Whether nothing more will be done. */
  public boolean finished() {
    return this == SUCCEEDED || this == FAILED;
  }
}

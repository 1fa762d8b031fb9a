package io.tenantry.control;

/** Which way a run takes schemas. */
public enum MigrationDirection {
  /** To a newer version. */
  UP,
  /** To an older one, by the changesets' rollbacks. */
  DOWN,
  /** Back to where each schema was before another run, where that run has changed it. */
  REVERT
}

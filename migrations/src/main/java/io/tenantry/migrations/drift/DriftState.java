package io.tenantry.migrations.drift;

/** What a check has to say of one tenant. */
public enum DriftState {
  /** Its schema is what its changesets make. */
  SAME,
  /** It is not. */
  DRIFTED,
  /** Somebody is changing it, or holds a lock on it; the next check will see. */
  BUSY,
  /**
   * This build does not know its version, or knows it by other changesets than have run in it, so
   * there is nothing to compare it with.
   */
  UNKNOWN_VERSION,
  /** It could not be looked at. */
  FAILED,
  /** It went away while the others were looked at. */
  GONE
}

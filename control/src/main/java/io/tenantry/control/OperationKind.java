package io.tenantry.control;

/** What an operation does to its tenant. */
public enum OperationKind {
  /** Makes it: from PENDING or FAILED by PROVISIONING to ACTIVE. */
  PROVISION,
  /** Ends its service: from OFFBOARDING to RETAINED, when nothing of it runs any more. */
  OFFBOARD,
  /** Looks at what a purge would remove, and changes nothing. */
  PURGE_PREVIEW,
  /** Removes all of it: from RETAINED to PURGED, with a certificate. */
  PURGE
}

package io.tenantry.control;

/** What an operation does to its tenant. */
public enum OperationKind {
  /** Makes it: from PENDING or FAILED by PROVISIONING to ACTIVE. */
  PROVISION
}

package io.tenantry.tenancy.error;

/** Who has to act on an error. */
public enum ErrorCategory {
  /** The caller: the request itself is at fault. */
  REQUEST,
  /** The caller: it is not known, or not allowed to. */
  ACCESS,
  /** The caller: the request is fine, the state of things is against it. */
  CONFLICT,
  /** The caller: it asks for more than it may, for now. */
  LIMIT,
  /** Nobody, or the operator: something the platform needs is away for now. */
  UNAVAILABLE,
  /** The operator: settings, files or ports. */
  SETUP,
  /** Us: a bug. */
  INTERNAL
}

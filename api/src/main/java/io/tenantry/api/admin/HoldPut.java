package io.tenantry.api.admin;

import io.tenantry.persistence.validation.Violations;
import org.jspecify.annotations.Nullable;

/**
 * The body that puts a legal hold on a tenant.
 *
 * @param reason 1 to 500 characters
 */
record HoldPut(@Nullable String reason) {

  private static final int LONGEST = 500;

  /** The reason, checked. */
  String checked() {
    Violations violations = new Violations();
    violations.required("/reason", reason);
    violations.text("/reason", reason, LONGEST);
    violations.throwIfAny();
    return reason == null ? "" : reason;
  }
}

package io.tenantry.control;

import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import org.jspecify.annotations.Nullable;

/** Decides which PUT of a tenant is acceptable; knows no database. */
final class PutRules {

  private PutRules() {}

  static void checkCreation(TenantSpec spec, @Nullable Long expectedVersion) {
    if (expectedVersion != null) {
      throw new TenantryException(
          ErrorCode.PRECONDITION_FAILED, "There is no tenant '" + spec.slug() + "'.");
    }
    if (Boolean.TRUE.equals(spec.suspended())) {
      throw new TenantryException(
          ErrorCode.TENANT_STATE_CONFLICT,
          "'" + spec.slug() + "' cannot begin suspended: only an ACTIVE tenant can be suspended.");
    }
  }

  static void checkChange(Tenant tenant, @Nullable Long expectedVersion, boolean createOnly) {
    // First what no other version of the request can change.
    if (tenant.state() == TenantState.RETAINED) {
      throw new TenantryException(
          ErrorCode.SLUG_RETAINED, "'" + tenant.slug() + "' belongs to a deleted tenant.");
    }
    if (createOnly) {
      throw new TenantryException(ErrorCode.TENANT_EXISTS, "'" + tenant.slug() + "' exists.");
    }
    if (expectedVersion != null && expectedVersion != tenant.version()) {
      throw new TenantryException(
          ErrorCode.PRECONDITION_FAILED,
          "'" + tenant.slug() + "' is at version " + tenant.version() + ".");
    }
    if (tenant.state() == TenantState.OFFBOARDING) {
      throw new TenantryException(
          ErrorCode.TENANT_STATE_CONFLICT, "'" + tenant.slug() + "' is being deleted.");
    }
  }

  /** The state that a wish about {@code suspended} leads to; the present one for null. */
  static TenantState stateFor(Tenant tenant, @Nullable Boolean suspended) {
    if (suspended == null || suspended == tenant.suspended()) {
      return tenant.state();
    }
    TenantState wanted = suspended ? TenantState.SUSPENDED : TenantState.ACTIVE;
    // RESTORING may become either, but not because somebody asks for it.
    if (tenant.state() != TenantState.ACTIVE && tenant.state() != TenantState.SUSPENDED) {
      throw new TenantryException(
          ErrorCode.TENANT_STATE_CONFLICT,
          "'" + tenant.slug() + "' is " + tenant.state() + " and cannot become " + wanted + ".");
    }
    return wanted;
  }
}

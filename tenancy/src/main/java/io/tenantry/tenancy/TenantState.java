package io.tenantry.tenancy;

import io.tenantry.tenancy.error.ErrorCode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The states of a tenant and the closed table of what each may become. The database holds the same
 * table in a trigger on {@code tenantry_control.tenants}; a test compares the two.
 */
public enum TenantState {
  PENDING(ErrorCode.TENANT_NOT_READY),
  PROVISIONING(ErrorCode.TENANT_NOT_READY),
  FAILED(ErrorCode.TENANT_NOT_READY),
  ACTIVE(null),
  SUSPENDED(ErrorCode.TENANT_SUSPENDED),
  RESTORING(ErrorCode.TENANT_RESTORING),
  OFFBOARDING(ErrorCode.TENANT_UNKNOWN),
  RETAINED(ErrorCode.TENANT_UNKNOWN),
  PURGED(ErrorCode.TENANT_UNKNOWN);

  private final @Nullable ErrorCode refusal;

  TenantState(@Nullable ErrorCode refusal) {
    this.refusal = refusal;
  }

  /** What a request of a tenant in this state is answered, empty where it is served. */
  public Optional<ErrorCode> refusal() {
    return Optional.ofNullable(refusal);
  }

  /**
   * Whether the tenant's role and schema are there as they should be. In every other state they are
   * not there, not whole, or about to be replaced.
   */
  public boolean inPlace() {
    return this == ACTIVE || this == SUSPENDED;
  }

  /** The states this one may become; none for {@link #PURGED}. */
  public Set<TenantState> successors() {
    return switch (this) {
      case PENDING -> EnumSet.of(PROVISIONING, OFFBOARDING);
      case PROVISIONING -> EnumSet.of(ACTIVE, FAILED);
      case FAILED -> EnumSet.of(PROVISIONING, OFFBOARDING);
      case ACTIVE -> EnumSet.of(SUSPENDED, RESTORING, OFFBOARDING);
      case SUSPENDED -> EnumSet.of(ACTIVE, RESTORING, OFFBOARDING);
      case RESTORING -> EnumSet.of(ACTIVE, SUSPENDED);
      case OFFBOARDING -> EnumSet.of(RETAINED);
      // Undelete restores the state before OFFBOARDING; PENDING and PROVISIONING come back FAILED.
      case RETAINED -> EnumSet.of(FAILED, ACTIVE, SUSPENDED, PURGED);
      case PURGED -> EnumSet.noneOf(TenantState.class);
    };
  }

  public boolean mayBecome(TenantState next) {
    return successors().contains(next);
  }
}

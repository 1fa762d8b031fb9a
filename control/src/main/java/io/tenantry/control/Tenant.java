package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of the tenant directory. Immutable.
 *
 * @param labels names and values of the operators' own, never null
 * @param quarantined held back beside its state
 * @param retentionDays days between deletion and the moment it may be purged
 * @param schemaVersion the last changeset of its schema; null until it was first ACTIVE
 * @param stateBeforeOffboarding null unless it was deleted at some time
 * @param end what is known of its end
 * @param version counts changes of the row; the ETag
 * @param changeNumber number of its last change in the whole directory
 */
public record Tenant(
    TenantId id,
    TenantSlug slug,
    String displayName,
    String tier,
    Map<String, String> labels,
    TenantLimits limits,
    TenantState state,
    boolean quarantined,
    boolean deletionProtection,
    int retentionDays,
    @Nullable String schemaVersion,
    @Nullable TenantState stateBeforeOffboarding,
    TenantEnd end,
    long version,
    long changeNumber,
    Instant createdAt,
    Instant updatedAt) {

  public Tenant {
    labels = Map.copyOf(labels);
  }

  public boolean suspended() {
    return state == TenantState.SUSPENDED;
  }
}

package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A tenant that a run may have to change. Immutable.
 *
 * @param version id of the last changeset that it has
 * @param canary whether it is one of those that come first
 * @param back where a REVERT takes it; null otherwise
 */
public record WaitingTenant(
    TenantId tenant, String version, boolean canary, @Nullable String back) {}

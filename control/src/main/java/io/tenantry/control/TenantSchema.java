package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the registry knows about one tenant's schema. Immutable.
 *
 * @param tenant of the directory, or one that is made ahead
 * @param version id of the last changeset that has run
 * @param historyHash SHA-256 over ids and checksums of its changesets, as hex; null: not known yet
 * @param fingerprint of its catalog, as last computed; null: not known yet
 * @param drifted whether that was another one than its version's
 * @param failedChangeset where the last run stopped; null: it did not
 * @param failedSqlState why; null: for a reason of ours, or it did not
 * @param failedRun the run that stopped there; null: none
 * @param changedRun the run that last changed it; null: none since it was made
 */
public record TenantSchema(
    TenantId tenant,
    String version,
    @Nullable String historyHash,
    @Nullable String fingerprint,
    boolean drifted,
    @Nullable String failedChangeset,
    @Nullable String failedSqlState,
    @Nullable UUID failedRun,
    @Nullable UUID changedRun,
    Instant changedAt) {}

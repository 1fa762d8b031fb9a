package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run did to one tenant. Immutable.
 *
 * @param slug null for a schema that is made ahead and nobody's yet
 * @param wave from 0
 * @param fromVersion id of its last changeset when the run saw it; empty: none
 * @param toVersion id of the last changeset that it is to have; empty: none
 * @param changeSet where it failed, or was last busy; null: nowhere
 * @param sqlState why; null: for a reason of ours, or it did not
 * @param detail why, in words of ours; null: there are none
 * @param attempts how often it was busy or failed
 */
public record MigrationResult(
    TenantId tenant,
    @Nullable String slug,
    int wave,
    MigrationResultState state,
    String fromVersion,
    String toVersion,
    @Nullable String changeSet,
    @Nullable String sqlState,
    @Nullable String detail,
    int attempts,
    @Nullable Instant finishedAt) {}

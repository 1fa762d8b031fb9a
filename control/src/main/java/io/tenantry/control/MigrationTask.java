package io.tenantry.control;

import io.tenantry.tenancy.TenantId;

/**
 * One tenant that a run has yet to change. Immutable.
 *
 * @param atVersion id of the last changeset that it has now; a run may have brought it half way
 * @param toVersion id of the last changeset that it is to have; empty: none
 * @param attempts how often it was busy
 */
public record MigrationTask(
    TenantId tenant, int wave, String atVersion, String toVersion, int attempts) {}

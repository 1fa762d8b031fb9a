package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Schemas that ran the same. Immutable.
 *
 * @param version id of their last changeset
 * @param historyHash over ids and checksums of all; null: not known yet
 * @param schemas how many there are
 * @param example one of them
 */
public record RegisteredVersion(
    String version, @Nullable String historyHash, int schemas, TenantId example) {}

package io.tenantry.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the platform to list. Null means "any".
 *
 * @param tenant the slug or the id of a tenant; what no tenant has lists nothing
 * @param from the first moment, inclusive
 * @param to the end, exclusive
 */
public record PlatformAuditFilter(
    @Nullable String action,
    @Nullable String tenant,
    @Nullable Instant from,
    @Nullable Instant to) {}

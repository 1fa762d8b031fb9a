package io.tenantry.persistence.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events to list. Null means "any".
 *
 * @param from the first moment, inclusive
 * @param to the end, exclusive
 */
public record AuditFilter(
    @Nullable AuditAction action,
    @Nullable UUID subjectId,
    @Nullable Instant from,
    @Nullable Instant to) {}

package io.tenantry.persistence.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done.
 *
 * @param actor the subject of a token, or the name of a worker
 * @param action the id of an {@link AuditAction}
 * @param subjectType what kind of thing it was done to
 * @param requestId null when no request asked for it
 * @param before the thing as a JSON object; null when there was none
 * @param after the thing as a JSON object; null when there is none any more
 */
public record AuditEvent(
    UUID id,
    Instant occurredAt,
    String actor,
    String action,
    String subjectType,
    UUID subjectId,
    @Nullable String requestId,
    @Nullable String before,
    @Nullable String after) {}

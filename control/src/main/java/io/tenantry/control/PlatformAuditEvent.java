package io.tenantry.control;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to the platform.
 *
 * @param actor a client's id, a worker or a command's name
 * @param action such as {@code tenant.create}
 * @param tenantId to which tenant; null: to the platform
 * @param requestId null when no request asked for it
 * @param before the row as a JSON object, its fields as in the table; null when there was none
 * @param after as {@code before}; null when there is none any more
 */
public record PlatformAuditEvent(
    UUID id,
    Instant occurredAt,
    String actor,
    String action,
    @Nullable UUID tenantId,
    @Nullable String requestId,
    @Nullable String before,
    @Nullable String after) {}

package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A command on a tenant, and what became of it. Immutable.
 *
 * @param requestedBy who asked for it
 * @param requestId the request that asked for it, if it was one
 * @param worker who carries it out; null unless it is RUNNING
 * @param leaseUntil after this another worker may take it over; null unless it is RUNNING
 * @param attempt how often it was claimed
 * @param errorCode id of an {@code ErrorCode}; null unless it is FAILED
 * @param errorDetail which step failed and why; null unless it is FAILED
 */
public record Operation(
    UUID id,
    OperationKind kind,
    TenantId tenant,
    OperationState state,
    String requestedBy,
    @Nullable String requestId,
    @Nullable String worker,
    @Nullable Instant leaseUntil,
    int attempt,
    @Nullable String errorCode,
    @Nullable String errorDetail,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {}

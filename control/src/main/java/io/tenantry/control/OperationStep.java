package io.tenantry.control;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of an operation. Immutable.
 *
 * @param number order within the operation, from 1
 * @param detail what it found or why it failed
 */
public record OperationStep(
    int number,
    String name,
    OperationState state,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable String detail) {}

package io.tenantry.persistence.orders;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which orders to list. Null means "any".
 *
 * @param from the first moment of placement, inclusive
 * @param to the end of the time of placement, exclusive
 */
public record OrderFilter(
    @Nullable String symbol,
    @Nullable OrderStatus status,
    @Nullable Instant from,
    @Nullable Instant to) {}

package io.tenantry.persistence.orders;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as it stands.
 *
 * @param clientOrderId the caller's own id, unique within the tenant; null when it gave none
 * @param quantity without trailing zeros after the point, as the prices are
 * @param limitPrice null unless the type has one
 * @param stopPrice null unless the type has one
 * @param filledQuantity the sum of its fills' quantities; 0 to {@code quantity}
 * @param averageFillPrice of its fills, weighted by quantity, rounded half-even to 18 digits after
 *     the point; null while nothing is filled
 * @param strategy null when the caller gave none
 * @param placedAt set by the database, in microseconds
 * @param version grows with each change, from 0
 */
public record Order(
    UUID id,
    @Nullable String clientOrderId,
    String symbol,
    OrderSide side,
    OrderType type,
    BigDecimal quantity,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    TimeInForce timeInForce,
    OrderStatus status,
    BigDecimal filledQuantity,
    @Nullable BigDecimal averageFillPrice,
    @Nullable String strategy,
    Instant placedAt,
    Instant updatedAt,
    int version) {}

package io.tenantry.api.orders;

import io.tenantry.persistence.orders.Order;
import io.tenantry.persistence.orders.OrderSide;
import io.tenantry.persistence.orders.OrderStatus;
import io.tenantry.persistence.orders.OrderType;
import io.tenantry.persistence.orders.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is answered.
 *
 * @param averageFillPrice rounded half-even to 18 digits after the point; null while nothing is
 *     filled
 */
record OrderView(
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
    int version) {

  static OrderView of(Order order) {
    return new OrderView(
        order.id(),
        order.clientOrderId(),
        order.symbol(),
        order.side(),
        order.type(),
        order.quantity(),
        order.limitPrice(),
        order.stopPrice(),
        order.timeInForce(),
        order.status(),
        order.filledQuantity(),
        order.averageFillPrice(),
        order.strategy(),
        order.placedAt(),
        order.updatedAt(),
        order.version());
  }
}

package io.tenantry.persistence.orders;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A new order that {@link OrderRules} has accepted, with its defaults filled in. */
record CheckedOrder(
    @Nullable String clientOrderId,
    String symbol,
    OrderSide side,
    OrderType type,
    BigDecimal quantity,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    TimeInForce timeInForce,
    @Nullable String strategy) {}

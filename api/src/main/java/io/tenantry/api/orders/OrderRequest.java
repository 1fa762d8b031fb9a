package io.tenantry.api.orders;

import io.tenantry.persistence.orders.NewOrder;
import io.tenantry.persistence.orders.OrderSide;
import io.tenantry.persistence.orders.OrderType;
import io.tenantry.persistence.orders.TimeInForce;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The body that places an order; which fields are demanded is the service's to say. */
record OrderRequest(
    @Nullable String clientOrderId,
    @Nullable String symbol,
    @Nullable OrderSide side,
    @Nullable OrderType type,
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable TimeInForce timeInForce,
    @Nullable String strategy) {

  NewOrder command() {
    return new NewOrder(
        clientOrderId, symbol, side, type, quantity, limitPrice, stopPrice, timeInForce, strategy);
  }
}

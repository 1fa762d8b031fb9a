package io.tenantry.persistence.orders;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says to place an order. Null means "not said"; {@link OrderService#place} decides
 * which of these may be left out.
 *
 * @param timeInForce {@link TimeInForce#GTC} when not said
 */
public record NewOrder(
    @Nullable String clientOrderId,
    @Nullable String symbol,
    @Nullable OrderSide side,
    @Nullable OrderType type,
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable TimeInForce timeInForce,
    @Nullable String strategy) {}

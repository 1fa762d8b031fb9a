package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.media.Schema;
import io.tenantry.persistence.orders.OrderSide;
import io.tenantry.persistence.orders.OrderStatus;
import io.tenantry.persistence.orders.OrderType;
import io.tenantry.persistence.orders.TimeInForce;
import java.util.Map;

/** What orders look like. */
final class OrderSchemas {

  private OrderSchemas() {}

  static Map<String, Schema<?>> all() {
    return Forms.fields(
        "OrderSide",
        Forms.oneOf(OrderSide.class),
        "OrderType",
        Forms.oneOf(OrderType.class)
            .description("LIMIT and STOP_LIMIT need limitPrice, STOP and STOP_LIMIT stopPrice."),
        "TimeInForce",
        Forms.oneOf(TimeInForce.class),
        "OrderStatus",
        Forms.oneOf(OrderStatus.class),
        "OrderRequest",
        request(),
        "OrderPatch",
        patch(),
        "Order",
        order(),
        "OrderPage",
        Lists.of("Order"));
  }

  private static Schema<?> request() {
    return Forms.request(
        Forms.fields(
            "clientOrderId",
            Forms.orNull(Forms.text(64)).description("The caller's own id, taken once a tenant."),
            "symbol",
            Forms.text(32),
            "side",
            Forms.ref("OrderSide"),
            "type",
            Forms.ref("OrderType"),
            "quantity",
            Forms.amount(),
            "limitPrice",
            Forms.orNull(Forms.amount()),
            "stopPrice",
            Forms.orNull(Forms.amount()),
            "timeInForce",
            Forms.refOrNull("TimeInForce").description("GTC unless said."),
            "strategy",
            Forms.orNull(Forms.text(64))),
        "symbol",
        "side",
        "type",
        "quantity");
  }

  private static Schema<?> patch() {
    return Forms.request(
        Forms.fields(
            "quantity", Forms.amount(),
            "limitPrice", Forms.amount(),
            "stopPrice", Forms.amount(),
            "timeInForce", Forms.ref("TimeInForce")));
  }

  private static Schema<?> order() {
    return Forms.answer(
        Forms.fields(
            "id", Forms.id(),
            "clientOrderId", Forms.orNull(Forms.text(64)),
            "symbol", Forms.text(32),
            "side", Forms.ref("OrderSide"),
            "type", Forms.ref("OrderType"),
            "quantity", Forms.decimal(),
            "limitPrice", Forms.orNull(Forms.decimal()),
            "stopPrice", Forms.orNull(Forms.decimal()),
            "timeInForce", Forms.ref("TimeInForce"),
            "status", Forms.ref("OrderStatus"),
            "filledQuantity", Forms.decimal(),
            "averageFillPrice",
                Forms.orNull(Forms.decimal())
                    .description("Rounded to 18 digits; null while nothing is filled."),
            "strategy", Forms.orNull(Forms.text(64)),
            "placedAt", Forms.time(),
            "updatedAt", Forms.time(),
            "version", Forms.whole(0, Integer.MAX_VALUE)));
  }
}

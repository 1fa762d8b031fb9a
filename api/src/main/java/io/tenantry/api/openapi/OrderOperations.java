package io.tenantry.api.openapi;

import static io.swagger.v3.oas.models.PathItem.HttpMethod.GET;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.PATCH;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.POST;

import io.tenantry.tenancy.error.ErrorCode;
import java.util.List;

/** The operations on orders. */
final class OrderOperations {

  static final String TAG = "Orders";

  private static final String EXAMPLE =
      """
      {"id":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d10","clientOrderId":null,"symbol":"XBT/EUR",
       "side":"BUY","type":"LIMIT","quantity":"1.5","limitPrice":"25000.25","stopPrice":null,
       "timeInForce":"GTC","status":"NEW","filledQuantity":"0","averageFillPrice":null,
       "strategy":"mean-reversion",
       "placedAt":"2026-01-31T09:30:00.000001Z","updatedAt":"2026-01-31T09:30:00.000001Z",
       "version":0}
      """;

  private OrderOperations() {}

  static List<DescribedOperation> all() {
    return List.of(list(), place(), read(), change(), cancel());
  }

  private static DescribedOperation list() {
    return DescribedOperation.of(GET, "/v1/orders")
        .named("listOrders", TAG, "List orders, newest first")
        .says("Filters may be combined. The next page is at the path in Link.")
        .takes(SharedParts.in("query", "symbol", Forms.text(200), "XBT/EUR"))
        .takes(SharedParts.in("query", "status", Forms.ref("OrderStatus"), "NEW"))
        .takes(
            SharedParts.in("query", "from", Forms.moment(), "2026-01-01T00:00:00Z")
                .description("Placed at this time or later."))
        .takes(
            SharedParts.in("query", "to", Forms.moment(), "2030-01-01T00:00:00Z")
                .description("Placed before this time."))
        .takes("Limit", "Cursor")
        .answers(
            200,
            "A page of orders.",
            "OrderPage",
            "{\"items\":[" + EXAMPLE + "],\"nextCursor\":null}",
            "Link")
        .refuses(ErrorCode.CURSOR_INVALID);
  }

  private static DescribedOperation place() {
    return DescribedOperation.of(POST, "/v1/orders")
        .named("placeOrder", TAG, "Place an order")
        .says("LIMIT and STOP_LIMIT need a limitPrice, STOP and STOP_LIMIT a stopPrice.")
        .body(
            "OrderRequest",
            "limit",
            """
            {"symbol":"XBT/EUR","side":"BUY","type":"LIMIT","quantity":"1.5",
             "limitPrice":"25000.25","strategy":"mean-reversion"}
            """,
            "market",
            """
            {"symbol":"XBT/EUR","side":"SELL","type":"MARKET","quantity":"0.25"}
            """,
            "stopLimit",
            """
            {"symbol":"XBT/EUR","side":"SELL","type":"STOP_LIMIT","quantity":"1",
             "limitPrice":"24000","stopPrice":"24500","timeInForce":"DAY"}
            """)
        .answers(201, "The order as placed.", "Order", EXAMPLE, "Location", "ETag")
        .refuses(ErrorCode.CLIENT_ORDER_ID_DUPLICATE);
  }

  private static DescribedOperation read() {
    return DescribedOperation.of(GET, "/v1/orders/{id}")
        .named("readOrder", TAG, "Read an order")
        .says("An order of another tenant is answered as one that does not exist.")
        .takes("Id", "IfNoneMatch")
        .answers(200, "The order.", "Order", EXAMPLE, "ETag")
        .answersNothing(304, "The caller has it already.", "ETag");
  }

  private static DescribedOperation change() {
    return DescribedOperation.of(PATCH, "/v1/orders/{id}")
        .named("changeOrder", TAG, "Change an open order")
        .says("What is left out stays as it is; null is refused.")
        .takes("Id", "IfMatch")
        .body("OrderPatch", "quantity", "{\"quantity\":\"2\"}")
        .answers(200, "The order as changed.", "Order", EXAMPLE, "ETag")
        .refuses(
            ErrorCode.ORDER_STATE_CONFLICT,
            ErrorCode.PRECONDITION_FAILED,
            ErrorCode.PRECONDITION_REQUIRED);
  }

  private static DescribedOperation cancel() {
    return DescribedOperation.of(POST, "/v1/orders/{id}/cancel")
        .named("cancelOrder", TAG, "Cancel an open order")
        .says("What is filled already stays filled.")
        .takes("Id")
        .answers(200, "The order as cancelled.", "Order", EXAMPLE, "ETag")
        .refuses(ErrorCode.ORDER_STATE_CONFLICT);
  }
}

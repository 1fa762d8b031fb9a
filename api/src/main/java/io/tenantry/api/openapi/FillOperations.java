package io.tenantry.api.openapi;

import static io.swagger.v3.oas.models.PathItem.HttpMethod.GET;
import static io.swagger.v3.oas.models.PathItem.HttpMethod.POST;

import io.tenantry.tenancy.error.ErrorCode;
import java.util.List;

/** The operations on the fills of an order. */
final class FillOperations {

  private static final String PATH = "/v1/orders/{id}/fills";

  private static final String EXAMPLE =
      """
      {"id":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d14",
       "orderId":"0190b6f0-7a3c-7d21-8e55-2f4c1a9b6d10","venueFillId":"kraken-1001",
       "price":"25000.25","quantity":"0.5","fee":"1.25","feeCurrency":"EUR","liquidity":"MAKER",
       "filledAt":"2026-01-31T09:31:00.000000Z","recordedAt":"2026-01-31T09:31:00.250001Z"}
      """;

  private FillOperations() {}

  static List<DescribedOperation> all() {
    return List.of(list(), record());
  }

  private static DescribedOperation list() {
    return DescribedOperation.of(GET, PATH)
        .named("listFills", OrderOperations.TAG, "List an order's fills, the last filled first")
        .says("The next page is at the path in Link; a cursor is of one order's list.")
        .takes("Id", "Limit", "Cursor")
        .answers(
            200,
            "A page of fills.",
            "FillPage",
            "{\"items\":[" + EXAMPLE + "],\"nextCursor\":null}",
            "Link")
        .refuses(ErrorCode.CURSOR_INVALID);
  }

  private static DescribedOperation record() {
    return DescribedOperation.of(POST, PATH)
        .named("recordFills", OrderOperations.TAG, "Record fills of an order")
        .says(
            "One fill, or up to 500 of them, of which all are recorded or none. A fill with a"
                + " venueFillId that is known is answered as it stands; the order's status and"
                + " filledQuantity follow.")
        .takes("Id")
        .body(
            "FillsRequest",
            "one",
            """
            {"venueFillId":"kraken-1001","price":"25000.25","quantity":"0.5","fee":"1.25",
             "feeCurrency":"EUR","liquidity":"MAKER","filledAt":"2026-01-31T09:31:00Z"}
            """,
            "batch",
            """
            {"items":[
              {"venueFillId":"kraken-1002","price":"25000","quantity":"0.25",
               "filledAt":"2026-01-31T09:32:00Z"},
              {"venueFillId":"kraken-1003","price":"24999.5","quantity":"0.25",
               "filledAt":"2026-01-31T09:32:01Z"}]}
            """)
        .answers(200, "All of it was known.", "FillsAnswer", EXAMPLE)
        .answers(201, "Recorded.", "FillsAnswer", EXAMPLE)
        .refuses(
            ErrorCode.ORDER_OVERFILLED,
            ErrorCode.ORDER_STATE_CONFLICT,
            ErrorCode.VENUE_FILL_ID_CONFLICT);
  }
}

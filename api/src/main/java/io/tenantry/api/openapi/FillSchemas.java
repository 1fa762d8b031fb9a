package io.tenantry.api.openapi;

import io.swagger.v3.oas.models.media.Schema;
import io.tenantry.persistence.fills.Liquidity;
import java.util.Map;

/** What fills look like. */
final class FillSchemas {

  private static final int LARGEST_BATCH = 500;
  private static final int VENUE_FILL_ID = 100;
  private static final int CURRENCY = 16;

  private FillSchemas() {}

  static Map<String, Schema<?>> all() {
    return Forms.fields(
        "Liquidity",
        Forms.oneOf(Liquidity.class)
            .description("Whether the order stood in the venue's book, or took from it."),
        "FillRequest",
        request(),
        "FillBatchRequest",
        Forms.request(
            Forms.fields("items", Forms.list(Forms.ref("FillRequest"), LARGEST_BATCH).minItems(1)),
            "items"),
        "FillsRequest",
        Forms.either("FillRequest", "FillBatchRequest").description("One fill, or a batch."),
        "Fill",
        fill(),
        "FillBatch",
        Forms.answer(
            Forms.fields(
                "items",
                Forms.list(Forms.ref("Fill"), LARGEST_BATCH)
                    .description("One for each fill that was sent, in that order."))),
        "FillsAnswer",
        Forms.either("Fill", "FillBatch").description("In the form in which they were sent."),
        "FillPage",
        Lists.of("Fill"));
  }

  private static Schema<?> request() {
    return Forms.request(
        Forms.fields(
            "venueFillId",
            Forms.text(VENUE_FILL_ID)
                .description("The venue's id, which makes it harmless to send the fill again."),
            "price",
            Forms.amount(),
            "quantity",
            Forms.amount(),
            "fee",
            Forms.orNull(Forms.decimal())
                .description("What the venue took, below 0 what it paid; goes with feeCurrency."),
            "feeCurrency",
            Forms.orNull(Forms.text(CURRENCY)).description("Goes with fee."),
            "liquidity",
            Forms.refOrNull("Liquidity"),
            "filledAt",
            Forms.moment().description("Kept in microseconds.")),
        "venueFillId",
        "price",
        "quantity",
        "filledAt");
  }

  private static Schema<?> fill() {
    return Forms.answer(
        Forms.fields(
            "id", Forms.id(),
            "orderId", Forms.id(),
            "venueFillId", Forms.text(VENUE_FILL_ID),
            "price", Forms.decimal(),
            "quantity", Forms.decimal(),
            "fee", Forms.orNull(Forms.decimal()),
            "feeCurrency", Forms.orNull(Forms.text(CURRENCY)),
            "liquidity", Forms.refOrNull("Liquidity"),
            "filledAt", Forms.time(),
            "recordedAt", Forms.time()));
  }
}

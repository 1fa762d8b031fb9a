package io.tenantry.api.fills;

import io.tenantry.persistence.fills.Fill;
import io.tenantry.persistence.fills.Liquidity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fill as it is answered. */
record FillView(
    UUID id,
    UUID orderId,
    String venueFillId,
    BigDecimal price,
    BigDecimal quantity,
    @Nullable BigDecimal fee,
    @Nullable String feeCurrency,
    @Nullable Liquidity liquidity,
    Instant filledAt,
    Instant recordedAt) {

  static FillView of(Fill fill) {
    return new FillView(
        fill.id(),
        fill.orderId(),
        fill.venueFillId(),
        fill.price(),
        fill.quantity(),
        fill.fee(),
        fill.feeCurrency(),
        fill.liquidity(),
        fill.filledAt(),
        fill.recordedAt());
  }
}

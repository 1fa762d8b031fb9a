package io.tenantry.persistence.fills;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A fill that {@link FillRules} has accepted, its values in the form in which they are kept. */
record CheckedFill(
    String venueFillId,
    BigDecimal price,
    BigDecimal quantity,
    @Nullable BigDecimal fee,
    @Nullable String feeCurrency,
    @Nullable Liquidity liquidity,
    Instant filledAt) {

  /** What is kept of a fill that its sender said, to be compared with what is said anew. */
  static CheckedFill of(Fill fill) {
    return new CheckedFill(
        fill.venueFillId(),
        fill.price(),
        fill.quantity(),
        fill.fee(),
        fill.feeCurrency(),
        fill.liquidity(),
        fill.filledAt());
  }

  Fill recorded(UUID id, UUID order, Instant now) {
    return new Fill(
        id, order, venueFillId, price, quantity, fee, feeCurrency, liquidity, filledAt, now);
  }
}

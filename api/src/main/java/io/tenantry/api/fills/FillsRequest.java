package io.tenantry.api.fills;

import io.tenantry.persistence.fills.Liquidity;
import io.tenantry.persistence.fills.NewFill;
import io.tenantry.persistence.validation.Violations;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The body that brings fills: the fields of one, or a batch, never both.
 *
 * @param items 1 to 500 fills; null when the body is one fill
 */
record FillsRequest(
    @Nullable String venueFillId,
    @Nullable BigDecimal price,
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal fee,
    @Nullable String feeCurrency,
    @Nullable Liquidity liquidity,
    @Nullable Instant filledAt,
    @Nullable List<@Nullable FillRequest> items) {

  NewFill one() {
    return new NewFill(venueFillId, price, quantity, fee, feeCurrency, liquidity, filledAt);
  }

  /** The batch, null when the body is one fill. */
  @Nullable List<@Nullable NewFill> batch() {
    if (items == null) {
      return null;
    }
    if (Stream.of(venueFillId, price, quantity, fee, feeCurrency, liquidity, filledAt)
        .anyMatch(Objects::nonNull)) {
      Violations violations = new Violations();
      violations.add(
          "/items", "not_applicable", "Send the fields of one fill, or items, not both.");
      violations.throwIfAny();
    }
    List<@Nullable NewFill> batch = new ArrayList<>();
    for (FillRequest item : items) {
      batch.add(item == null ? null : item.command());
    }
    return batch;
  }
}

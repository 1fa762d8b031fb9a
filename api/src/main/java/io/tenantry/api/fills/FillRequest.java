package io.tenantry.api.fills;

import io.tenantry.persistence.fills.Liquidity;
import io.tenantry.persistence.fills.NewFill;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One fill of a batch; which fields are demanded is the service's to say. */
record FillRequest(
    @Nullable String venueFillId,
    @Nullable BigDecimal price,
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal fee,
    @Nullable String feeCurrency,
    @Nullable Liquidity liquidity,
    @Nullable Instant filledAt) {

  NewFill command() {
    return new NewFill(venueFillId, price, quantity, fee, feeCurrency, liquidity, filledAt);
  }
}

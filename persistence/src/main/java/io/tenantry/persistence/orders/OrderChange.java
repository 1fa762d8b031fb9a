package io.tenantry.persistence.orders;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a caller wants changed in an open order. Null leaves a value as it is. */
public record OrderChange(
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal stopPrice,
    @Nullable TimeInForce timeInForce) {}

package io.tenantry.persistence.fills;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says about a fill. Null means "not said"; fee, its currency and liquidity may be
 * left out.
 *
 * @param venueFillId the venue's id, which makes sending it again harmless
 * @param fee what the venue took, below 0 what it paid; goes with its currency
 * @param filledAt kept in microseconds, what is finer is cut off
 */
public record NewFill(
    @Nullable String venueFillId,
    @Nullable BigDecimal price,
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal fee,
    @Nullable String feeCurrency,
    @Nullable Liquidity liquidity,
    @Nullable Instant filledAt) {}

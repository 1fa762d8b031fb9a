package io.tenantry.persistence.fills;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fill as it was recorded; it never changes.
 *
 * @param venueFillId unique within the tenant
 * @param fee what the venue took, below 0 what it paid; null when not said
 * @param feeCurrency null where there is no fee
 * @param liquidity null when not said
 * @param filledAt by the venue, in microseconds
 * @param recordedAt by this platform, in microseconds
 */
public record Fill(
    UUID id,
    UUID orderId,
    String venueFillId,
    BigDecimal price,
    BigDecimal quantity,
    @Nullable BigDecimal fee,
    @Nullable String feeCurrency,
    @Nullable Liquidity liquidity,
    Instant filledAt,
    Instant recordedAt) {}

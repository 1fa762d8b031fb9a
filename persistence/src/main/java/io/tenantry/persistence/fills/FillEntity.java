package io.tenantry.persistence.fills;

import static io.tenantry.persistence.validation.Amounts.shortest;

import io.tenantry.persistence.paging.PageKey;
import io.tenantry.tenancy.names.PlatformSchemas;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** The mapped row of a fill, for reading: {@link FillInsert} writes many at once. */
@Entity
@Immutable
@Table(name = "desk_fills", schema = PlatformSchemas.TENANT_PLACEHOLDER)
class FillEntity {

  @Id private UUID id = new UUID(0, 0);

  @TenantId
  @SuppressWarnings("UnusedVariable") // Hibernate fills it, and puts it into its conditions.
  private @Nullable UUID tenantId;

  private UUID orderId = new UUID(0, 0);
  private String venueFillId = "";
  private BigDecimal price = BigDecimal.ZERO;
  private BigDecimal quantity = BigDecimal.ZERO;
  private @Nullable BigDecimal fee;
  private @Nullable String feeCurrency;

  @Enumerated(EnumType.STRING)
  private @Nullable Liquidity liquidity;

  private Instant filledAt = Instant.EPOCH;
  private Instant recordedAt = Instant.EPOCH;

  /** For Hibernate. */
  protected FillEntity() {}

  PageKey pageKey() {
    return new PageKey(filledAt, id);
  }

  Fill view() {
    return new Fill(
        id,
        orderId,
        venueFillId,
        shortest(price),
        shortest(quantity),
        fee == null ? null : shortest(fee),
        feeCurrency,
        liquidity,
        filledAt,
        recordedAt);
  }
}

package io.tenantry.standalone.changes;

import io.tenantry.tenancy.names.PlatformSchemas;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** Mapped to a table that is there, with a column that is not. */
@Entity
@Table(name = "desk_orders", schema = PlatformSchemas.TENANT_PLACEHOLDER)
class OrderWithVenueEntity {
  @Id @Nullable UUID id;
  @TenantId @Nullable UUID tenantId;
  @Nullable String symbol;
  @Nullable BigDecimal quantity;
  @Nullable String venue;
}

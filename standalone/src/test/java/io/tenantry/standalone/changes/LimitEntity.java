package io.tenantry.standalone.changes;

import io.tenantry.tenancy.names.PlatformSchemas;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** Mapped to a table of tenants that no changeset makes. */
@Entity
@Table(name = "desk_limits", schema = PlatformSchemas.TENANT_PLACEHOLDER)
class LimitEntity {
  @Id @Nullable UUID id;
  @TenantId @Nullable UUID tenantId;
  @Nullable String traderName;
  @Nullable Instant createdAt;
}

package io.tenantry.standalone.changes;

import io.tenantry.tenancy.names.PlatformSchemas;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** Mapped to a shared table, with a column that is not there. */
@Entity
@Table(name = "research_reports", schema = PlatformSchemas.API)
class RatedReportEntity {
  @Id @Nullable UUID id;
  @TenantId @Nullable UUID tenantId;
  @Nullable Integer rating;
}

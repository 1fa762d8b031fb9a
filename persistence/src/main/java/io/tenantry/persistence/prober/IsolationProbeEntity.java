package io.tenantry.persistence.prober;

import io.tenantry.tenancy.names.PlatformSchemas;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** The mapped row by which a tenant can be seen or not; its id is the tenant's. */
@Entity(name = "IsolationProbe")
@Immutable
@Table(name = "api_isolation_probes", schema = PlatformSchemas.API)
class IsolationProbeEntity {

  @Id
  @SuppressWarnings("UnusedVariable") // Read by queries.
  private @Nullable UUID id;

  @TenantId
  @SuppressWarnings("UnusedVariable") // Hibernate fills it, and puts it into its conditions.
  private @Nullable UUID tenantId;

  /** For Hibernate. */
  protected IsolationProbeEntity() {}
}

package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import java.util.UUID;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/**
 * Tells Hibernate the tenant in scope. Outside of any it answers {@link TenantId#NONE}, since
 * repositories ask at the start; the connection provider refuses to serve that.
 */
final class CurrentTenantResolver implements CurrentTenantIdentifierResolver<UUID> {

  @Override
  public UUID resolveCurrentTenantIdentifier() {
    return TenantContext.current().map(TenantId::value).orElse(TenantId.NONE);
  }

  @Override
  public boolean validateExistingCurrentSessions() {
    return true;
  }
}

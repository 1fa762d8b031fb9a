package io.tenantry.api.limits;

import io.tenantry.control.TenantDirectory;
import io.tenantry.persistence.connection.ConnectionQuota;
import io.tenantry.tenancy.TenantId;
import org.jspecify.annotations.Nullable;

/** The connections that the directory grants a tenant, or the platform's default. */
final class DirectoryQuota implements ConnectionQuota {

  private final TenantDirectory directory;
  private final int defaults;

  DirectoryQuota(TenantDirectory directory, int defaults) {
    this.directory = directory;
    this.defaults = defaults;
  }

  @Override
  public int most(TenantId tenant) {
    @Nullable Integer own =
        directory.find(tenant).map(found -> found.limits().maxConnections()).orElse(null);
    return own == null ? defaults : own;
  }
}

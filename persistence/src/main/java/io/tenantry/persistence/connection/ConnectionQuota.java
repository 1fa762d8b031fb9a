package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantId;

/**
 * How many connections of this instance a tenant may have at once. Asked at each checkout, so what
 * it answers is in force at once. Must be thread-safe, must not block, and must not throw.
 */
@FunctionalInterface
public interface ConnectionQuota {

  /**
   * The most connections that {@code tenant} may have at once. Below 1 it counts as 1, and above
   * the pool's size as that.
   */
  int most(TenantId tenant);
}

package io.tenantry.tenancy.names;

import io.tenantry.tenancy.TenantId;

/**
 * The names in the database that follow from a tenant's id. They consist of {@code a-z}, {@code
 * 0-9} and {@code _} only, so they need no quoting; whoever writes them into SQL quotes them all
 * the same.
 */
public final class TenantNames {

  private static final String SCHEMA_PREFIX = "tenant_";
  private static final String ROLE_PREFIX = "app_tenant_";

  private TenantNames() {}

  /** The schema that holds the tenant's tables: {@code tenant_<32 hex digits>}. */
  public static String schema(TenantId tenant) {
    return SCHEMA_PREFIX + tenant.hex();
  }

  /** What the register holds inside the tenant's transactions: its 32 hex digits. */
  public static String register(TenantId tenant) {
    return tenant.hex();
  }

  /** The role that a transaction of the tenant takes: {@code app_tenant_<32 hex digits>}. */
  public static String role(TenantId tenant) {
    return ROLE_PREFIX + tenant.hex();
  }
}

package io.tenantry.tenancy.names;

/** The schemas that belong to the platform and not to one tenant. */
public final class PlatformSchemas {

  /** Tables that all tenants share under row-level security, and reference data. */
  public static final String API = "tenantry_api";

  /** The platform's own tables: directory, operations, audit. */
  public static final String CONTROL = "tenantry_control";

  /**
   * What mapped SQL says in place of the tenant's schema. The connection turns it into the schema
   * of its own tenant; no schema of this name exists, so SQL that slips past fails.
   */
  public static final String TENANT_PLACEHOLDER = "tenant__schema";

  private PlatformSchemas() {}
}

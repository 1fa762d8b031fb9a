package io.tenantry.tenancy.names;

/** The fixed roles of the platform; what each may do is in docs/architecture.md. */
public final class PlatformRoles {

  /** Owns every table; cannot log in. */
  public static final String OWNER = "tenantry_owner";

  /** Holds what all tenant roles share; cannot log in. */
  public static final String TENANT = "tenantry_tenant";

  /** Group of the runtime logins; member of every tenant role, inherits none. */
  public static final String APP = "tenantry_app";

  private PlatformRoles() {}
}

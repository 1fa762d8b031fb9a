package io.tenantry.tenancy.finding;

import java.util.Locale;

/**
 * The catalogue of findings. A code, once published, keeps its name; alerts are written against
 * them. The title is the same for every occurrence; the hint says the way out.
 */
public enum FindingCode {
  // Roles and logins.
  ROLE_MISSING(true, "A role is missing", "Run the bootstrap again, as superuser."),
  ROLE_ATTRIBUTE(
      true,
      "A role has an attribute beyond its own",
      "Take it away with ALTER ROLE, or run the bootstrap again."),
  ROLE_MEMBERSHIP(true, "A role is a member where it must not be", "REVOKE the membership named."),
  ROLE_OWNERSHIP(
      true, "A role owns what it must not own", "ALTER the object's OWNER TO tenantry_owner."),
  ROLE_GRANT(true, "A role has a privilege beyond its own", "REVOKE the privilege named."),
  ROLE_SETTING(
      true,
      "A role or the database carries a setting",
      "ALTER ROLE or DATABASE .. RESET it; where a limit is missing, run the bootstrap again."),
  ROLE_SETTING_OTHER(
      false,
      "A role or the database carries a setting that opens nothing",
      "Keep it if it is meant; else ALTER ROLE or DATABASE .. RESET it."),
  TENANT_UNREACHABLE(
      false,
      "A tenant's role is not whole, so nobody reaches its data",
      "Run the provisioner; else make the role or GRANT the membership named."),
  TENANT_ORPHANED(
      false,
      "A schema belongs to no tenant",
      "Look at what is in it; then DROP SCHEMA it CASCADE, and the role app_ with its name."),

  // The guard.
  GUARD_MISSING(true, "A part of the guard is missing", "Run the bootstrap again, as superuser."),
  GUARD_CHANGED(
      true, "A part of the guard is not as it was made", "Run the bootstrap again, as superuser."),
  REGISTER_WRITABLE(
      true,
      "Others than the guard may write the register of the tenant",
      "REVOKE SET ON PARAMETER backtrace_functions from the role named."),
  STATEMENT_GUARD_MISSING(
      true,
      "Statements reach the database unchecked",
      "Remove what replaces the guard in the data source's chain."),

  // pg_catalog and the database.
  FUNCTION_PUBLIC(
      true, "A function that tenants must not call is PUBLIC", "Run the bootstrap again."),
  FUNCTION_UNKNOWN(
      true,
      "A volatile function that nobody has looked at is PUBLIC",
      "REVOKE EXECUTE ON it FROM PUBLIC."),
  FUNCTION_LEAKPROOF(
      true, "A function sees rows before their policy does", "ALTER FUNCTION it NOT LEAKPROOF."),
  FUNCTION_LEAKPROOF_UNKNOWN(
      false,
      "A function of this server sees rows before their policy does, and nobody has looked at it",
      "ALTER FUNCTION it NOT LEAKPROOF, unless it came with the server so."),
  DATABASE_GRANT(
      true,
      "The database or schema public is open to PUBLIC",
      "Run the bootstrap again, as superuser."),
  PARAMETERS_LOGGED(
      true,
      "The server's log shows bound values",
      "Run the bootstrap again; log_parameter_max_length and its _on_error have to be 0."),
  EXTENSION_UNKNOWN(
      true, "An extension that nobody has looked at is installed", "DROP EXTENSION it."),

  // Tables and views.
  ROW_SECURITY_MISSING(
      true,
      "A table with tenant data is not under row security",
      "ALTER TABLE it ENABLE, and FORCE, ROW LEVEL SECURITY."),
  POLICY_NOT_CANONICAL(
      true,
      "A table's policy is not the canonical one",
      "Drop its policies and create tenant_isolation as docs/architecture.md has it."),
  KEY_WITHOUT_TENANT(
      true, "A key does not begin with tenant_id", "Make it anew with tenant_id as first column."),
  TABLE_GRANT(true, "A table's grants are not those of its class", "REVOKE the privilege named."),
  VIEW_AS_OWNER(
      true,
      "A view over tenant data runs as its owner",
      "ALTER VIEW it SET (security_invoker = true)."),
  COPY_OF_ROWS(
      true,
      "A materialized view or partition with tenant data has grants",
      "REVOKE ALL ON it from the role named."),
  CODE_UNKNOWN(
      true,
      "Code that nobody has looked at runs beside tenant data",
      "DROP or ENABLE it, or make it anew through a changeset."),
  SCHEMA_DRIFTED(
      true,
      "A tenant's schema is not that of its version, and the tenant is not held back",
      "Mend the schema and check it again, or set tenantry.migrations.quarantine-drifted;"
          + " docs/drift.md has both."),
  TABLE_UNFINISHED(
      false,
      "A table with tenant data is not opened yet",
      "Wait for the migration, or run it again."),

  // What is seen while it runs.
  CONNECTION_DIRTY(true, "A connection keeps something of a tenant", "Stop using the platform."),
  FOREIGN_ROW_VISIBLE(true, "A neighbour's row is visible", "Stop using the platform."),
  FOREIGN_ROW_WRITABLE(true, "A neighbour's row can be written", "Stop using the platform."),
  TENANT_NOT_ENTERED(true, "A transaction is not its tenant's", "Stop using the platform."),
  LOGIN_POWERFUL(
      true, "A login outside of a transaction can read or change something", "REVOKE it."),
  CAPABILITY_REFUSED(
      true, "The database refuses the capabilities signed here", "Compare keys and clocks."),
  CANARY_MISSING(
      false, "The canary tenants are not there", "Start the provisioner; it makes them."),
  CLOCK_SKEWED(false, "The clocks disagree", "Synchronize the clocks of server and instances."),

  // The server.
  SERVER_TOO_OLD(true, "The server is too old", "Use PostgreSQL 16 or later."),
  CREATEROLE_IS_SUPERUSER(
      false,
      "CREATEROLE is superuser in effect on this server",
      "Use PostgreSQL 16 or later in production."),
  SERVER_VULNERABLE(
      false,
      "The server lacks the fix of CVE-2026-120154",
      "Upgrade to 18.7, 17.12, 16.16 or 15.20.");

  private final boolean unsafe;
  private final String title;
  private final String hint;

  FindingCode(boolean unsafe, String title, String hint) {
    this.unsafe = unsafe;
    this.title = title;
    this.hint = hint;
  }

  /** The stable code, snake_case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing may be served while this is so; otherwise it is a warning. */
  public boolean unsafe() {
    return unsafe;
  }

  public String title() {
    return title;
  }

  public String hint() {
    return hint;
  }
}

package io.tenantry.migrations.schema;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;

/**
 * Whose turn it is at a schema: an advisory lock, held by whoever changes it by more than one
 * transaction. Whoever only looks takes a schema in between for what it is. The migrator alone may
 * take it, before it takes another role.
 */
public final class SchemaTurn {

  /** The first key of the lock; the second is the hash of the schema's name. */
  public static final int SPACE = 0x6d69_6772;

  private SchemaTurn() {}

  /** Takes it for the session. */
  public static String take(TenantId tenant) {
    return "select pg_advisory_lock(" + keys(tenant) + ")";
  }

  /** Takes it until the transaction ends. */
  public static String takeInTransaction(TenantId tenant) {
    return "select pg_advisory_xact_lock(" + keys(tenant) + ")";
  }

  /** Gives the session's back. */
  public static String giveBack(TenantId tenant) {
    return "select pg_advisory_unlock(" + keys(tenant) + ")";
  }

  private static String keys(TenantId tenant) {
    return SPACE + ", hashtext(" + SchemaText.literal(TenantNames.schema(tenant)) + ")";
  }
}

package io.tenantry.migrations.changelog;

import io.tenantry.control.SqlFailures;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import javax.sql.DataSource;

/**
 * Brings one tenant's schema, which exists, to this build's version. Idempotent; blocks on the
 * database; failures are those of {@link SqlFailures}, or {@link MigrationException}. Thread-safe,
 * though runs in one JVM take turns.
 */
public final class TenantMigration {

  private static final String CHANGELOG = "db/tenant.xml";

  private final DataSource migrator;

  /**
   * @param migrator the DDL login
   */
  public TenantMigration(DataSource migrator) {
    this.migrator = migrator;
  }

  /**
   * Runs what has not run yet.
   *
   * @return the id of the last changeset: the version of the schema
   */
  public String update(TenantId tenant) {
    return run(tenant).update();
  }

  /** Rolls everything back; schema and role stay. Deletes the tenant's data: for tests. */
  public void rollbackAll(TenantId tenant) {
    run(tenant).rollbackAll();
  }

  private ChangelogRun run(TenantId tenant) {
    return new ChangelogRun(migrator, CHANGELOG, TenantNames.schema(tenant));
  }
}

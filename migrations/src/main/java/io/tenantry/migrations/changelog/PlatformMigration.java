package io.tenantry.migrations.changelog;

import io.tenantry.control.SqlFailures;
import io.tenantry.tenancy.names.PlatformRoles;
import io.tenantry.tenancy.names.PlatformSchemas;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Brings what all tenants share to this build's version. Idempotent; blocks on the database;
 * failures are those of {@link SqlFailures}, or {@link MigrationException}. Thread-safe.
 */
public final class PlatformMigration {

  private static final String CHANGELOG = "db/platform.xml";

  private final DataSource migrator;

  /**
   * @param migrator the DDL login
   */
  public PlatformMigration(DataSource migrator) {
    this.migrator = migrator;
  }

  /**
   * Runs what has not run yet.
   *
   * @return the id of the last changeset
   */
  public String update() {
    createHistorySchema();
    return run().update();
  }

  /** Rolls everything back; the schema of the history stays. For empty databases and tests. */
  public void rollbackAll() {
    run().rollbackAll();
  }

  private ChangelogRun run() {
    return new ChangelogRun(migrator, CHANGELOG, PlatformSchemas.CONTROL);
  }

  private void createHistorySchema() {
    try (Connection connection = migrator.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("set role " + PlatformRoles.OWNER);
      statement.execute("create schema if not exists " + PlatformSchemas.CONTROL);
    } catch (SQLException e) {
      throw SqlFailures.translate("making schema " + PlatformSchemas.CONTROL, e);
    }
  }
}

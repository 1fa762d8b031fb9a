package io.tenantry.migrations.changelog;

import io.tenantry.control.SqlFailures;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Brings one tenant's schema, which exists, to this build's version. Idempotent; blocks on the
 * database; failures are those of {@link SqlFailures}, or {@link MigrationException}. Thread-safe,
 * though runs in one JVM take turns.
 */
public final class TenantMigration {

  static final String CHANGELOG = "db/tenant.xml";

  /**
   * Whether there is anything to throw away, and may be. The lock keeps the tenant from becoming
   * ACTIVE meanwhile; a worker that lost its operation to one that has made the tables finds none.
   */
  private static final String LEFT_OVER =
      """
      select from tenantry_control.tenants t
      where to_regclass(?) is not null and t.id = ?
        and t.state = 'PROVISIONING'
        and not exists (select from tenantry_control.tenant_schemas s where s.tenant_id = t.id)
        and not exists (select from tenantry_control.operations o
          join tenantry_control.operation_steps s on s.operation_id = o.id
          where o.tenant_id = t.id and o.state = 'RUNNING'
            and s.name = 'tables' and s.state = 'SUCCEEDED')
      for update of t
      """;

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

  /**
   * As {@link #update}, for a tenant that is being made. What an earlier attempt left in its schema
   * is thrown away first: a process that is killed between a changeset and its row in the history
   * leaves what no other run gets past. Never for a tenant that was ACTIVE, which has data.
   *
   * @return the id of the last changeset
   */
  public String create(TenantId tenant) {
    return run(tenant).update((connection, schema) -> startAnew(connection, tenant, schema));
  }

  private static void startAnew(Connection connection, TenantId tenant, String schema)
      throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement question = connection.prepareStatement(LEFT_OVER);
        Statement statement = connection.createStatement()) {
      question.setString(1, schema + ".databasechangelog");
      question.setObject(2, tenant.value());
      boolean leftOver;
      try (ResultSet row = question.executeQuery()) {
        leftOver = row.next();
      }
      if (leftOver) {
        String quoted = statement.enquoteIdentifier(schema, true);
        statement.execute("drop schema " + quoted + " cascade");
        statement.execute("create schema " + quoted);
      }
      connection.commit();
    }
    connection.setAutoCommit(true);
  }

  /** Rolls everything back; schema and role stay. Deletes the tenant's data: for tests. */
  public void rollbackAll(TenantId tenant) {
    run(tenant).rollbackAll();
  }

  private ChangelogRun run(TenantId tenant) {
    return new ChangelogRun(migrator, CHANGELOG, TenantNames.schema(tenant));
  }
}

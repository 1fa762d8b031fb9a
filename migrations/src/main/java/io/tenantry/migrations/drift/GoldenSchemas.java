package io.tenantry.migrations.drift;

import io.tenantry.control.SqlFailures;
import io.tenantry.control.catalog.CatalogObject;
import io.tenantry.control.catalog.Fingerprints;
import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.ConcurrentIndex;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.PlatformRoles;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * What a tenant's schema is when exactly the changesets of a plan have run in it. Found out on the
 * server itself, whose version decides how things are printed: a schema and a role are made, the
 * plan is run and looked at, and all of it is rolled back. Nobody else ever sees any of it, waits
 * for it or has to forget what it knew, since a transaction that is rolled back tells no other
 * session anything.
 *
 * <p>What was found is kept, by history and by the server's version. Thread-safe; blocks on the
 * database for about as long as making a tenant takes, once a plan; failures are those of {@link
 * SqlFailures}.
 */
public final class GoldenSchemas {

  /** As Liquibase makes it; the tree changes it, so it has to be there. */
  private static final String HISTORY =
      """
      create table databasechangelog (id varchar(255) not null, author varchar(255) not null,
        filename varchar(255) not null, dateexecuted timestamp not null, orderexecuted int not null,
        exectype varchar(10) not null, md5sum varchar(35), description varchar(255),
        comments varchar(255), tag varchar(255), liquibase varchar(20), contexts varchar(255),
        labels varchar(255), deployment_id varchar(10))
      """;

  private final DataSource migrator;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<String, Golden> known = new HashMap<>();

  /**
   * @param migrator the DDL login; a connection is opened and closed at each question
   */
  public GoldenSchemas(DataSource migrator) {
    this.migrator = migrator;
  }

  /**
   * What was found out about one plan.
   *
   * @param objects what the fingerprint is made of, as {@link Fingerprints#describe} has it
   */
  private record Golden(String fingerprint, List<CatalogObject> objects) {}

  /** The fingerprint that a schema has when the plan, and nothing else, has run in it. */
  public String fingerprint(Plan plan) {
    return of(plan).fingerprint();
  }

  /** What such a schema holds. */
  public List<CatalogObject> objects(Plan plan) {
    return of(plan).objects();
  }

  private Golden of(Plan plan) {
    turn.lock();
    try (Connection connection = migrator.getConnection()) {
      String key = plan.historyHash() + ' ' + serverVersion(connection);
      Golden golden = known.get(key);
      if (golden == null) {
        golden = make(connection, plan);
        known.put(key, golden);
      }
      return golden;
    } catch (SQLException e) {
      throw SqlFailures.translate("making a schema to compare with", e);
    } finally {
      turn.unlock();
    }
  }

  private static Golden make(Connection connection, Plan plan) throws SQLException {
    TenantId nobody = new TenantId(UUID.randomUUID());
    String schema = TenantNames.schema(nobody);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      String quoted = statement.enquoteIdentifier(schema, true);
      statement.execute("set local lock_timeout = '5s'");
      statement.execute(
          "create role "
              + statement.enquoteIdentifier(TenantNames.role(nobody), true)
              + " nologin inherit");
      statement.execute("set local role " + PlatformRoles.OWNER);
      statement.execute("create schema " + quoted);
      statement.execute("set local search_path = " + quoted);
      statement.execute(HISTORY);
      for (ChangeSet change : plan.changeSets()) {
        statement.execute(sql(change));
      }
      String fingerprint = Fingerprints.ofSchemas(connection, List.of(schema)).get(schema);
      if (fingerprint == null) {
        throw new IllegalStateException("The schema that was just made is not in the catalog.");
      }
      return new Golden(fingerprint, Fingerprints.describe(connection, schema));
    } finally {
      connection.rollback();
    }
  }

  /** In an empty table an index is the same either way, and that way it is refused here. */
  private static String sql(ChangeSet change) {
    return change.inTransaction() ? change.sql() : ConcurrentIndex.plainly(change.sql());
  }

  private static String serverVersion(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show server_version_num")) {
      row.next();
      return row.getString(1);
    }
  }
}

package io.tenantry.migrations.schema;

import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.liquibase.LiquibaseCall;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.RanChangeSet;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ResourceAccessor;

/** Liquibase by itself, pointed at one tenant as anybody would who does not know of us. */
public final class StockLiquibase {

  private StockLiquibase() {}

  /** What is done with it. */
  @FunctionalInterface
  public interface Work<T> {
    T with(Liquibase liquibase) throws Exception;
  }

  public static <T> T on(
      TestPlatform platform,
      TenantId tenant,
      String changelog,
      ResourceAccessor files,
      Work<T> work)
      throws Exception {
    return LiquibaseCall.call(
        () -> {
          try (Connection connection = platform.login("tenantry_migrator")) {
            String schema = TenantNames.schema(tenant);
            TestPlatform.execute(connection, "set role tenantry_owner");
            TestPlatform.execute(connection, "set search_path = " + schema);
            TestPlatform.execute(connection, "set timezone = 'UTC'");
            Database database =
                DatabaseFactory.getInstance()
                    .findCorrectDatabaseImplementation(new JdbcConnection(connection));
            database.setDefaultSchemaName(schema);
            database.setLiquibaseSchemaName(schema);
            @SuppressWarnings("resource") // Closed with its connection.
            Liquibase liquibase = new Liquibase(changelog, files, database);
            return work.with(liquibase);
          }
        });
  }

  /** Ids of what it would run; after it has found all checksums valid. */
  public static List<String> pending(
      TestPlatform platform, TenantId tenant, String changelog, ResourceAccessor files)
      throws Exception {
    return on(
        platform,
        tenant,
        changelog,
        files,
        liquibase -> {
          liquibase.validate();
          return liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).stream()
              .map(ChangeSet::getId)
              .toList();
        });
  }

  public static void update(
      TestPlatform platform, TenantId tenant, String changelog, ResourceAccessor files)
      throws Exception {
    on(
        platform,
        tenant,
        changelog,
        files,
        liquibase -> {
          liquibase.update(new Contexts(), new LabelExpression());
          return Map.of();
        });
  }

  /** What it reads as having run. */
  public static List<String> ran(
      TestPlatform platform, TenantId tenant, String changelog, ResourceAccessor files)
      throws Exception {
    return on(
        platform,
        tenant,
        changelog,
        files,
        liquibase ->
            liquibase.getDatabase().getRanChangeSetList().stream()
                .map(RanChangeSet::getId)
                .toList());
  }
}

package io.tenantry.bench.fanout;

import io.tenantry.credentials.Duty;
import io.tenantry.migrations.liquibase.LiquibaseCall;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.UpdateSummaryEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;

/** The same changes as others make them: one call of the tool for each schema. */
final class OtherTools {

  private static final int FLYWAY_BASE = 1;

  private final BenchTenants platform;
  private final Path flyway;

  OtherTools(BenchTenants platform) throws IOException {
    this.platform = platform;
    this.flyway = Files.createTempDirectory("tenantry-bench-flyway");
    Files.writeString(
        flyway.resolve("V1__base.sql"),
        "create table desk_orders (tenant_id uuid not null, id uuid not null, strategy text,"
            + " primary key (tenant_id, id));");
    for (int i = 0; i < BenchTree.SQL.size(); i++) {
      Files.writeString(
          flyway.resolve("V" + (i + 1 + FLYWAY_BASE) + "__change.sql"), BenchTree.SQL.get(i));
    }
  }

  /** Seconds that stock Liquibase takes for what is pending in these schemas. */
  double liquibase(List<TenantId> tenants, BenchTree tree) throws Exception {
    long start = System.nanoTime();
    for (TenantId tenant : tenants) {
      try (Connection connection = platform.as(Duty.MIGRATE).getConnection();
          Statement statement = connection.createStatement()) {
        String schema = TenantNames.schema(tenant);
        statement.execute("set role tenantry_owner; set search_path = " + schema);
        boolean done =
            LiquibaseCall.call(
                () -> {
                  Database database =
                      DatabaseFactory.getInstance()
                          .findCorrectDatabaseImplementation(new JdbcConnection(connection));
                  database.setDefaultSchemaName(schema);
                  database.setLiquibaseSchemaName(schema);
                  @SuppressWarnings("resource") // Closed with its connection.
                  Liquibase liquibase = new Liquibase(BenchTree.ROOT, tree.files(), database);
                  liquibase.setShowSummary(UpdateSummaryEnum.OFF);
                  liquibase.update(new Contexts(), new LabelExpression());
                  return true;
                });
        if (!done) {
          throw new IllegalStateException();
        }
      }
    }
    return seconds(start);
  }

  /** Seconds that Flyway takes to bring so many schemas of its own to that change; 0: the base. */
  double flyway(int schemas, int change) {
    long start = System.nanoTime();
    for (int i = 0; i < schemas; i++) {
      Flyway.configure()
          .dataSource(
              platform.postgres().jdbcUrl(platform.database()),
              platform.postgres().superuser(),
              platform.postgres().superuserPassword())
          .schemas("flyway_" + i)
          .locations("filesystem:" + flyway)
          .target(MigrationVersion.fromVersion(String.valueOf(change + FLYWAY_BASE)))
          .load()
          .migrate();
    }
    return seconds(start);
  }

  static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}

package io.tenantry.bench.onboarding;

import io.tenantry.credentials.Duty;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.PlatformRoles;
import io.tenantry.tenancy.names.TenantNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.changelog.FastCheckService;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.flywaydb.core.Flyway;

/**
 * Role, schema and tables of one tenant by others' means: no step is written down, nothing is
 * proven. Role and schema are made by the same statements everywhere, on a connection that is open.
 */
final class OtherWays implements AutoCloseable {

  /** It works as the tables' owner, which may call neither here. */
  private static final String FOR_FLYWAY =
      """
      do $$ begin
        execute (select string_agg(format(
            'grant execute on function %s to tenantry_owner', p.oid::regprocedure), '; ')
          from pg_proc p where p.proname ~ 'advisory' or p.proname = 'set_config');
      end $$
      """;

  private final TenantText text;
  private final Path flywayFolder;
  private final Connection roles;
  private final Connection owner;
  private final PooledPlatform platform;

  OtherWays(PooledPlatform platform, TenantText text) throws SQLException, IOException {
    this.platform = platform;
    this.text = text;
    this.flywayFolder = Files.createTempDirectory("tenantry-flyway");
    text.writeTo(flywayFolder);
    this.roles = platform.as(Duty.MIGRATE).getConnection();
    this.owner = platform.as(Duty.MIGRATE).getConnection();
    run(owner, "set role " + PlatformRoles.OWNER);
    try (Connection superuser = platform.superuser()) {
      run(superuser, FOR_FLYWAY);
    }
    Logger.getLogger("liquibase").setLevel(Level.OFF);
  }

  /** The same statements by plain JDBC, all tables in one transaction. */
  TenantId rawDdl() throws SQLException {
    TenantId tenant = new TenantId(UUID.randomUUID());
    makeRoles(List.of(tenant));
    makeTables(tenant);
    return tenant;
  }

  void makeRoles(List<TenantId> tenants) throws SQLException {
    StringBuilder all = new StringBuilder("begin; ");
    for (TenantId tenant : tenants) {
      String role = TenantNames.role(tenant);
      all.append("create role %s nologin inherit; ".formatted(role))
          .append("grant %s to %s; ".formatted(PlatformRoles.TENANT, role))
          .append("grant %s to %s; ".formatted(role, PlatformRoles.APP));
    }
    run(roles, all.append("commit").toString());
  }

  void makeTables(TenantId tenant) throws SQLException {
    String schema = TenantNames.schema(tenant);
    run(
        owner,
        "begin; create schema %s; set local search_path = %s; ".formatted(schema, schema)
            + text.whole()
            + "; commit");
  }

  /** Liquibase as it comes, a run for the schema. */
  void liquibase() throws Exception {
    String schema = roleAndSchema();
    try (Connection connection = platform.as(Duty.MIGRATE).getConnection()) {
      run(connection, "set role " + PlatformRoles.OWNER + "; set search_path = " + schema);
      Scope.child(
          Map.of(
              Scope.Attr.ui.name(), new LoggerUIService(), AnalyticsArgs.ENABLED.getKey(), false),
          () -> {
            Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
            Database database =
                DatabaseFactory.getInstance()
                    .findCorrectDatabaseImplementation(new JdbcConnection(connection));
            database.setDefaultSchemaName(schema);
            database.setLiquibaseSchemaName(schema);
            @SuppressWarnings("resource") // Closing it would close the connection, which is ours.
            Liquibase liquibase =
                new Liquibase("db/tenant.xml", new ClassLoaderResourceAccessor(), database);
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
            liquibase.update(new Contexts(), new LabelExpression());
          });
    }
  }

  /** Flyway as it comes, with the same statements, a file for a file. */
  void flyway() throws SQLException {
    String schema = roleAndSchema();
    Flyway.configure()
        .dataSource(platform.as(Duty.MIGRATE))
        .initSql("set role " + PlatformRoles.OWNER)
        .schemas(schema)
        .createSchemas(false)
        .locations("filesystem:" + flywayFolder)
        .load()
        .migrate();
  }

  private String roleAndSchema() throws SQLException {
    TenantId tenant = new TenantId(UUID.randomUUID());
    makeRoles(List.of(tenant));
    run(owner, "create schema " + TenantNames.schema(tenant));
    return TenantNames.schema(tenant);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    owner.close();
    roles.close();
  }
}

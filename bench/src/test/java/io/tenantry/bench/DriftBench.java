package io.tenantry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.catalog.Fingerprints;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.drift.DriftCheck;
import io.tenantry.migrations.drift.DriftListener;
import io.tenantry.migrations.drift.DriftReport;
import io.tenantry.migrations.drift.DriftState;
import io.tenantry.migrations.drift.GoldenSchemas;
import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * How long it takes to look at the schemas of many tenants. They are made ahead: a role, a schema,
 * a row of the registry each. Figures are of this machine and what else it does; what must hold is
 * that each schema is looked at, and that one that has drifted is found among all.
 */
class DriftBench {

  private static final int TENANTS = Integer.getInteger("bench.tenants", 10_000);
  private static final Path REPORT = Path.of("../build/reports/bench-drift.json");

  private final TestPostgres server = TestPostgres.shared();
  private final DatabaseAddress address =
      new DatabaseAddress(server.host(), server.port(), "driftbench", "disable");
  private final Plan plan = PlanCompiler.tenantTree().plan();

  @Test
  void looksAtAllSchemas() throws Exception {
    CredentialSource credentials = credentials();
    PlatformSetup.install(
        address, new LoginCredentials(server.superuser(), server.superuserPassword()), credentials);
    long made = time(() -> make());
    DutyDataSource control = new DutyDataSource(address, credentials, Duty.CONTROL, "bench");
    DutyDataSource migrator = new DutyDataSource(address, credentials, Duty.MIGRATE, "bench");
    GoldenSchemas golden = new GoldenSchemas(migrator, PlatformSetup.signer(address, credentials));
    long goldenMillis = time(() -> golden.fingerprint(plan));
    DriftCheck check = new DriftCheck(control, golden, () -> plan, false);
    List<Long> looks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      DriftReport report = check.all(DriftListener.NONE);
      assertThat(report.in(DriftState.SAME)).hasSize(TENANTS);
      looks.add(report.took().toMillis());
    }
    TenantId one = check.all(DriftListener.NONE).results().getFirst().tenant();
    long single = 0;
    try (Connection connection = control.getConnection()) {
      for (int i = 0; i < 20; i++) {
        single = time(() -> Fingerprints.of(connection, List.of(one)));
      }
    }
    execute("alter table " + TenantNames.schema(one) + ".desk_orders add note text");
    DriftReport report = check.all(DriftListener.NONE);
    assertThat(report.in(DriftState.DRIFTED))
        .extracting(result -> result.tenant())
        .containsExactly(one);

    String json =
        String.format(
            Locale.ROOT,
            "{\"bench\":\"drift\",\"tenants\":%d,\"madeSeconds\":%.1f,\"goldenMillis\":%d,"
                + "\"lookSeconds\":[%.2f,%.2f,%.2f],\"oneSchemaMillis\":%d,\"withOneDriftedSeconds\":%.2f}%n",
            TENANTS,
            made / 1e3,
            goldenMillis,
            looks.get(0) / 1e3,
            looks.get(1) / 1e3,
            looks.get(2) / 1e3,
            single,
            report.took().toMillis() / 1e3);
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, json);
  }

  private void make() throws SQLException {
    StringBuilder tree = new StringBuilder(history());
    for (ChangeSet change : plan.changeSets()) {
      tree.append(change.sql()).append(";\n");
    }
    try (Connection connection = server.connectAsSuperuser(address.database());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < TENANTS; i++) {
        TenantId tenant = new TenantId(UUID.randomUUID());
        String schema = TenantNames.schema(tenant);
        statement.execute(
            ("create role app_%s nologin inherit; set local role tenantry_owner;"
                    + " create schema %s; set local search_path = %s;")
                .formatted(schema, schema, schema));
        statement.execute(tree.toString());
        statement.execute(
            "insert into tenantry_control.tenant_schemas (tenant_id, version) values ('%s', '%s')"
                .formatted(tenant, plan.version()));
        connection.commit();
      }
    }
    execute("vacuum analyze");
  }

  /** The columns that the tree's first changeset needs. */
  private static String history() {
    return "create table databasechangelog (id text not null, author text not null,"
        + " filename text not null);\n";
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = server.connectAsSuperuser(address.database());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static CredentialSource credentials() throws IOException {
    Path folder = Files.createTempDirectory("tenantry-bench-secrets");
    SecretDirectory.createMissing(folder);
    return new DirectoryCredentialSource(folder);
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private static long time(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return (System.nanoTime() - begin) / 1_000_000;
  }
}

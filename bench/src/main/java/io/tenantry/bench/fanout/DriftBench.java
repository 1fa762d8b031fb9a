package io.tenantry.bench.fanout;

import io.tenantry.control.catalog.Fingerprints;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.drift.DriftCheck;
import io.tenantry.migrations.drift.DriftListener;
import io.tenantry.migrations.drift.DriftReport;
import io.tenantry.migrations.drift.DriftResult;
import io.tenantry.migrations.drift.DriftState;
import io.tenantry.migrations.drift.GoldenSchemas;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * How long it takes to look at the schemas of many tenants, which are made first. Figures are of
 * this machine and what else it does; a look that leaves a schema out, or does not find the one
 * that has drifted among all, counts for nothing. System properties: {@code bench.tenants} (10000),
 * {@code bench.report}, a file.
 */
public final class DriftBench {

  private static final int LOOKS = 3;
  private static final int SINGLE_LOOKS = 20;

  private final int tenants = Integer.getInteger("bench.tenants", 10_000);
  private final BenchTenants platform = new BenchTenants("driftbench");
  private final CompiledTree tree = PlanCompiler.tenantTree();
  private final GoldenSchemas golden =
      new GoldenSchemas(platform.as(Duty.MIGRATE), platform.signer());
  private final DriftCheck check =
      new DriftCheck(platform.as(Duty.CONTROL), golden, tree::plan, false);

  private DriftBench() throws IOException {}

  /** Takes no arguments. */
  public static void main(String[] args) throws Exception {
    new DriftBench().run();
    // The server of the tests has threads that are no daemons.
    System.exit(0);
  }

  private void run() throws Exception {
    double made = seconds(() -> platform.make(tenants, tree));
    execute("vacuum analyze");
    double goldenMade = seconds(() -> golden.fingerprint(tree.plan()));
    double[] looks = new double[LOOKS];
    for (int i = 0; i < LOOKS; i++) {
      looks[i] = look(0);
    }
    TenantId one = check.all(DriftListener.NONE).results().getFirst().tenant();
    double single = single(one);
    execute("alter table " + TenantNames.schema(one) + ".desk_orders add note text");
    String json =
        String.format(
            Locale.ROOT,
            "{\"bench\":\"drift\",\"tenants\":%d,\"madeSeconds\":%.1f,\"goldenMillis\":%.0f,"
                + "\"lookSeconds\":[%.2f,%.2f,%.2f],\"oneSchemaMillis\":%.1f,"
                + "\"withOneDriftedSeconds\":%.2f}%n",
            tenants,
            made,
            goldenMade * 1e3,
            looks[0],
            looks[1],
            looks[2],
            single * 1e3,
            look(1));
    Path report = Path.of(System.getProperty("bench.report", "build/reports/bench-drift.json"));
    Files.createDirectories(Objects.requireNonNull(report.toAbsolutePath().getParent()));
    Files.writeString(report, json);
    System.out.print(json);
  }

  /** Seconds of a look at all; {@code drifted} of them have to be found. */
  private double look(int drifted) {
    DriftReport report = check.all(DriftListener.NONE);
    List<DriftResult> found = report.in(DriftState.DRIFTED);
    int same = report.in(DriftState.SAME).size();
    if (found.size() != drifted || same != tenants - drifted) {
      throw new IllegalStateException(same + " are as they should be, and not: " + found);
    }
    return report.took().toNanos() / 1e9;
  }

  /** Seconds for one schema by a backend that knows it, the quickest of some. */
  private double single(TenantId tenant) throws Exception {
    double best = Double.MAX_VALUE;
    try (Connection connection = platform.as(Duty.CONTROL).getConnection()) {
      for (int i = 0; i < SINGLE_LOOKS; i++) {
        best = Math.min(best, seconds(() -> Fingerprints.of(connection, List.of(tenant))));
      }
    }
    return best;
  }

  private void execute(String sql) throws SQLException {
    try (Connection superuser = platform.superuser();
        Statement statement = superuser.createStatement()) {
      statement.execute(sql);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    return OtherTools.seconds(begin);
  }
}

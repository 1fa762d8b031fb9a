package io.tenantry.bench.fanout;

import io.tenantry.control.By;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationState;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.fanout.FanOut;
import io.tenantry.migrations.fanout.FanOutListener;
import io.tenantry.migrations.fanout.FanOutSettings;
import io.tenantry.migrations.fanout.SchemaProof;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.tenancy.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One change of each kind over all tenants, and nothing to do; beside it stock Liquibase and Flyway
 * called once per schema, on a sample, and reckoned up. System properties: {@code bench.tenants}
 * (10000), {@code bench.sample} (100), {@code bench.report}, a file.
 */
public final class FanOutBench {

  private static final By BENCH = By.worker("bench");

  private final BenchTenants platform = new BenchTenants();
  private final BenchTree tree = new BenchTree();
  private final int tenants = Integer.getInteger("bench.tenants", 10_000);
  private final int sample = Integer.getInteger("bench.sample", 100);
  private final List<String> lines = new ArrayList<>();
  private final List<String> json = new ArrayList<>();

  private FanOutBench() throws IOException {}

  /** Takes no arguments. */
  public static void main(String[] args) throws Exception {
    new FanOutBench().run();
    // The server of the tests has threads that are no daemons.
    System.exit(0);
  }

  private void run() throws Exception {
    CompiledTree base = tree.with(0);
    long start = System.nanoTime();
    platform.make(tenants, base);
    say(
        String.format(
            Locale.ROOT, "%d tenants made in %.1f s", tenants, OtherTools.seconds(start)));
    platform.settle();
    OtherTools others = new OtherTools(platform);
    others.flyway(sample, 0);
    List<TenantId> stock = platform.make(sample, base);
    forget(stock);
    // Classes, plans and caches of all three.
    up(base);
    others.liquibase(stock.subList(0, Math.min(5, sample)), tree);
    say(
        String.format(
            Locale.ROOT,
            "%-14s %12s %26s %26s",
            "",
            "run",
            "Liquibase per schema",
            "Flyway per schema"));
    for (int change = 1; change <= BenchTree.CHANGES.size(); change++) {
      CompiledTree with = tree.with(change);
      double ours = up(with);
      row(
          BenchTree.CHANGES.get(change - 1),
          ours,
          others.liquibase(stock, tree),
          others.flyway(sample, change));
    }
    CompiledTree newest = tree.with(BenchTree.CHANGES.size());
    row(
        "nothing to do",
        up(newest),
        others.liquibase(stock, tree),
        others.flyway(sample, BenchTree.CHANGES.size()));
    say(
        String.format(
            Locale.ROOT,
            "Liquibase and Flyway: measured on %d schemas, reckoned up to %d; one thread, one"
                + " connection per schema.",
            sample,
            tenants));
    write();
  }

  /** Seconds from the request to the end. */
  private double up(CompiledTree to) {
    FanOut fanOut =
        new FanOut(
            platform.as(Duty.CONTROL),
            platform.as(Duty.MIGRATE),
            platform.signer(),
            () -> to,
            FanOutSettings.defaults(),
            SchemaProof.NONE);
    long start = System.nanoTime();
    MigrationRun run = fanOut.runNow(MigrationRequest.up(), BENCH, FanOutListener.NONE);
    double seconds = OtherTools.seconds(start);
    if (run.state() != MigrationState.SUCCEEDED) {
      throw new IllegalStateException(run.toString());
    }
    return seconds;
  }

  /** Those are for Liquibase alone. */
  private void forget(List<TenantId> stock) throws Exception {
    try (var superuser = platform.superuser();
        var statement =
            superuser.prepareStatement(
                "delete from tenantry_control.tenant_schemas where tenant_id = any (?)")) {
      statement.setArray(
          1, superuser.createArrayOf("uuid", stock.stream().map(TenantId::value).toArray()));
      statement.executeUpdate();
    }
  }

  private void row(String name, double ours, double liquibase, double flyway) {
    double factor = (double) tenants / sample;
    say(
        String.format(
            Locale.ROOT,
            "%-14s %10.3f s %10.2f s (%5.1f ms each) %10.2f s (%5.1f ms each)",
            name,
            ours,
            liquibase * factor,
            liquibase * 1000 / sample,
            flyway * factor,
            flyway * 1000 / sample));
    json.add(
        String.format(
            Locale.ROOT,
            "{\"change\":\"%s\",\"seconds\":%.4f,\"liquibaseReckoned\":%.2f,\"flywayReckoned\":%.2f}",
            name,
            ours,
            liquibase * factor,
            flyway * factor));
  }

  private void say(String line) {
    lines.add(line);
    System.out.println(line);
  }

  private void write() throws IOException {
    Path report = Path.of(System.getProperty("bench.report", "build/reports/fanout-bench.json"));
    Files.createDirectories(report.toAbsolutePath().getParent());
    Files.writeString(
        report,
        String.format(
            Locale.ROOT,
            "{\"bench\":\"fanout\",\"tenants\":%d,\"sample\":%d,\"changes\":[%s]}%n",
            tenants,
            sample,
            String.join(",", json)));
  }
}

package io.tenantry.migrations.fanout;

import io.tenantry.control.MigrationRun;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.tenancy.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import liquibase.resource.DirectoryResourceAccessor;

/** A process that carries a run out and is dead after so many tenants, as by {@code kill -9}. */
public final class FanOutProcess {

  private static final int KILLED = 137;

  private FanOutProcess() {}

  public static void main(String[] args) throws IOException {
    DatabaseAddress address =
        new DatabaseAddress(args[0], Integer.parseInt(args[1]), args[2], "prefer");
    DirectoryCredentialSource credentials = new DirectoryCredentialSource(Path.of(args[3]));
    CompiledTree tree =
        new PlanCompiler("tenant.xml", new DirectoryResourceAccessor(Path.of(args[4]))).compile();
    int last = Integer.parseInt(args[5]);
    AtomicInteger turns = new AtomicInteger();
    new FanOut(
            new DutyDataSource(address, credentials, Duty.CONTROL, "test"),
            new DutyDataSource(address, credentials, Duty.MIGRATE, "test"),
            PlatformSetup.signer(address, credentials),
            () -> tree,
            FanOutPlatform.settings(100, Duration.ofMillis(100)),
            SchemaProof.NONE)
        .untilItRests(
            UUID.fromString(args[6]),
            new FanOutListener() {
              @Override
              public void tenant(MigrationRun run, TenantId tenant, TenantOutcome outcome) {
                if (turns.incrementAndGet() >= last) {
                  // No hook runs, no connection is closed, no lease given back.
                  Runtime.getRuntime().halt(KILLED);
                }
              }
            });
  }

  /** Starts it and returns its exit code when it is dead. */
  static int diesAt(TestPlatform platform, Path tree, int tenants, UUID run)
      throws IOException, InterruptedException {
    DatabaseAddress address = platform.address();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    FanOutProcess.class.getName(),
                    address.host(),
                    String.valueOf(address.port()),
                    address.database(),
                    TestPlatform.secrets().toString(),
                    tree.toString(),
                    String.valueOf(tenants),
                    run.toString()))
            .redirectErrorStream(true)
            .redirectOutput(tree.resolve("process.log").toFile())
            .start();
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        throw new IllegalStateException("It lives.");
      }
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }
}

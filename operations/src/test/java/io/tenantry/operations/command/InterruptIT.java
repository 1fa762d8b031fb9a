package io.tenantry.operations.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.testkit.ChildProcess;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Ctrl-C while a command carries a run out. */
class InterruptIT {

  private static final TestPlatform PLATFORM =
      TestPlatform.install("tenantry_interrupt", "acme", "globex");

  @Test
  void aRunThatIsInterruptedIsGivenBackAndGoesOnAtOnce() throws Exception {
    String run;
    try (Connection busy = TestPostgres.shared().connectAsSuperuser(PLATFORM.address().database());
        ChildProcess down = ChildProcess.start(command(), PLATFORM.variables())) {
      hold(busy);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> "1".equals(PLATFORM.read(count("SUCCEEDED"))));
      run = read("select id from tenantry_control.migration_runs where state = 'RUNNING'");

      assertThat(down.interrupt()).as(down.output()).isEqualTo(ExitCode.INTERRUPTED);

      assertThat(down.output())
          .contains("run " + run + " is given back, 1 tenants to do")
          .contains("tenantry migrate resume " + run)
          .doesNotContain("IllegalStateException");
      assertThat(read("select state || coalesce(worker, '') from tenantry_control.migration_runs"))
          .isEqualTo("QUEUED");
      busy.rollback();
    }
    Ran resumed = Ran.command(PLATFORM.variables(), "migrate", "resume", run);
    assertThat(resumed.exit()).as(resumed.toString()).isEqualTo(ExitCode.DONE);
    assertThat(resumed.out()).contains("DOWN: SUCCEEDED, 2 changed");
  }

  /** What globex's turn waits for; acme's does not. */
  private static void hold(Connection busy) throws SQLException {
    String id =
        read(
            "select replace(id::text, '-', '') from tenantry_control.tenants where slug ="
                + " 'globex'");
    busy.setAutoCommit(false);
    try (Statement statement = busy.createStatement()) {
      statement.execute("lock table tenant_" + id + ".desk_orders in access share mode");
    }
  }

  private static String count(String state) {
    return "select count(*) from tenantry_control.migration_results where state = '" + state + "'";
  }

  private static String read(String sql) {
    return Objects.requireNonNull(PLATFORM.read(sql), sql);
  }

  /** A shell that put the tests into its background has them ignore SIGINT, and all below them. */
  private static List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    if (ignoresInterrupts()) {
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.addAll(
        ChildProcess.java("-cp", System.getProperty("java.class.path"), Tenantry.class.getName()));
    command.addAll(List.of("migrate", "down", "2", "--canary", "acme"));
    return command;
  }

  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b10) != 0);
  }
}

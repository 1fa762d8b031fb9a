package io.tenantry.operations.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.operations.terminal.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands where there is no platform to be found. */
class NothingThereTest {

  @TempDir private Path empty;

  @Test
  void whereNothingIsNamedAndNothingRunsThatIsSaid() {
    Map<String, String> variables = Map.of("TENANTRY_HOME", empty.toString());
    for (List<String> command :
        List.of(
            List.of("migrate", "status"),
            List.of("doctor"),
            List.of("prober", "--once"),
            List.of("db", "psql", "--command", "select 1"),
            List.of("db", "reset", "--confirm", "tenantry"))) {
      Ran ran = Ran.command(variables, command.toArray(String[]::new));
      assertThat(ran.exit()).as(command + ": " + ran).isEqualTo(ExitCode.FAILED);
      assertThat(ran.err())
          .contains("No database is named, and nothing runs from " + empty, "DATABASE_URL");
    }
    assertThat(Ran.command(variables, "tenant", "list").err())
        .contains("No API is named, and nothing runs from " + empty);
  }

  @Test
  void aSecretThatIsNotThereIsNamedByTheProberToo() {
    Ran ran =
        Ran.command(
            Map.of(
                "TENANTRY_DATABASE_HOST",
                "127.0.0.1",
                "TENANTRY_CREDENTIALS_DIRECTORY",
                empty.toString()),
            "prober",
            "--once");
    assertThat(ran.exit()).as(ran.toString()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err())
        .startsWith("tenantry: The secret file " + empty)
        .doesNotContain("Exception", "Error creating bean");
  }
}

package io.tenantry.operations.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.testkit.ChildProcess;
import io.tenantry.testkit.PseudoTerminal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands as somebody calls them who sits at a terminal: processes on pseudo terminals. */
class TerminalIT {

  private static final Duration ANSWER = Duration.ofMinutes(1);

  @Test
  void aResetAsksForTheNameOfTheDatabase() {
    TestPlatform platform = TestPlatform.install("tenantry_typed", "hooli");
    Map<String, String> variables = platform.superuserVariables();
    try (PseudoTerminal wrong = tenantry(variables, "db", "reset")) {
      shows(wrong, "This drops ", "/tenantry_typed with all tenants. Type tenantry_typed to go on");
      wrong.type("tenantry\n");
      assertThat(wrong.exitCode()).as(wrong.screen()).isEqualTo(ExitCode.USAGE);
      assertThat(wrong.screen())
          .contains("'tenantry' is not 'tenantry_typed'.", "Nothing was changed.")
          .doesNotContain("Usage:");
    }
    assertThat(platform.read("select count(*) from tenantry_control.tenants")).isEqualTo("1");
    try (PseudoTerminal right = tenantry(variables, "db", "reset")) {
      shows(right, "Type tenantry_typed");
      right.type("tenantry_typed\n");
      assertThat(right.exitCode()).as(right.screen()).isEqualTo(ExitCode.DONE);
      assertThat(right.screen()).contains("is empty again");
    }
    assertThat(platform.read("select count(*) from tenantry_control.tenants")).isEqualTo("0");
  }

  @Test
  void thePromptTakesStatementsOverSeveralLinesAndShowsWhatSteersAsNumbers() {
    try (PseudoTerminal psql =
        tenantry(TestPlatform.SHARED.variables(), "db", "psql", "--builtin")) {
      shows(psql, "as tenantry_control", "by the prompt of our own", "tenantry=> ");
      psql.type("select 6 * 7\n");
      shows(psql, "tenantry-> ");
      psql.type("as answer;\n");
      shows(psql, "answer", "42", "(1 rows)");
      psql.type("select chr(27) || '[31mred' as evil;\n");
      shows(psql, "\\u001b[31mred");
      psql.type("update tenantry_control.tenants set display_name = 'x' where false;\n");
      shows(psql, "(25006)");
      psql.type("\\q\n");
      assertThat(psql.exitCode()).as(psql.screen()).isEqualTo(ExitCode.DONE);
      assertThat(psql.screen()).doesNotContain("\u001b[31mred");
    }
  }

  @Test
  void aRunShowsABarThatIsWrittenOver() {
    TestPlatform platform = TestPlatform.install("tenantry_bar", "acme", "globex");
    try (PseudoTerminal down = tenantry(platform.variables(), "migrate", "down", "1")) {
      assertThat(down.exitCode()).as(down.screen()).isEqualTo(ExitCode.DONE);
      assertThat(down.screen())
          .contains("\r[##############################] 2/2")
          .contains("DOWN: SUCCEEDED, 2 changed")
          .doesNotContain("2 of 2 done");
    }
  }

  private static void shows(PseudoTerminal terminal, String... texts) {
    await()
        .atMost(ANSWER)
        .untilAsserted(() -> assertThat(terminal.screen()).contains(List.of(texts)));
  }

  private static PseudoTerminal tenantry(Map<String, String> variables, String... arguments) {
    List<String> command =
        ChildProcess.java("-cp", System.getProperty("java.class.path"), Tenantry.class.getName());
    command.addAll(List.of(arguments));
    return PseudoTerminal.start(command, variables);
  }
}

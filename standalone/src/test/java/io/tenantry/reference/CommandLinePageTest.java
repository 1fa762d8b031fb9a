package io.tenantry.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.operations.command.Tenantry;
import io.tenantry.testkit.GeneratedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** The page about the command line: what each command says of itself. */
class CommandLinePageTest {

  private static final String HEAD =
      """
      # The command line

      Written from what the commands say of themselves (`CommandLinePageTest`); change the commands, not this page.

      `ops/bin/tenantry` runs it; it builds nothing, `make jars` or the first `make run` does. `tenant` and `certificate fetch` talk to the admin API
      over HTTP, `migrate`, `doctor`, `prober` and `db` to the database itself, without any server; `--verbose` says which one. Where no setting names
      one, it is that of a running `make run` in `TENANTRY_HOME` (`.tenantry`).

      - **Who asks.** `TENANTRY_TOKEN`, or `TENANTRY_CLIENT_ID` with `TENANTRY_CLIENT_SECRET`; a client of the platform with the scopes `platform:read`,
        `platform:write` and, for purges and holds, `platform:purge`. Secrets come from variables and files: arguments are in the process list, for every user to read.
        `TENANTRY_API_URL` takes https, or http to this machine.
      - **Which database.** `tenantry.database.*` as variables, else `DATABASE_URL`, `POSTGRES_URL`, `POSTGRES_*`, `DB_*`, `OPS_DB_*`, in this order
        ([configuration](configuration.md)). User and password in these are a superuser's, for `migrate up --bootstrap`, `db reset` and `db psql --as superuser`
        alone, and only at the host they came with; everything else logs in with the secrets of `TENANTRY_CREDENTIALS_DIRECTORY`.
      - **What it prints.** Data on the output, everything else on the error stream. `--output json` is one document whose fields stay. On a terminal progress is one
        line with a forecast; elsewhere, with `NO_COLOR` or `TERM=dumb` it is a line for each tenth, without control characters. Characters that could steer a terminal are shown by their number
        (`\\u001b`), in JSON too.
      - **When the API refuses**, its detail and hint are shown, with its code and the id of the request, by which the log has it.
      - **A run** belongs to nobody's terminal. Ctrl-C finishes the tenants under way and gives it back (exit code 130): a provisioner that runs, or `migrate resume`,
        goes on at once. After kill -9 they do so when its lease is over, 30 s unless said.
      - **What hurts** (`tenant delete`, `tenant purge --for-good`, `db reset`) is confirmed by its name: with `--confirm`, or typed on a terminal. Where there is
        neither, nothing is done.

      In the Makefile: `make migrate`, `make migrate.status`, `make migrate.down N=1`, `make migrate.drift`, `make db.psql`, `make db.reset CONFIRM=tenantry`.

      ## Exit codes

      | code | when |
      |---|---|
      """;

  @Test
  void thePageSaysWhatTheCommandsSay() throws IOException {
    CommandLine root = Tenantry.commandLine(Map.of());
    StringBuilder page = new StringBuilder(HEAD);
    root.getCommandSpec()
        .usageMessage()
        .exitCodeList()
        .forEach((code, when) -> page.append("| " + code + " | " + when + " |\n"));
    for (CommandLine command : leaves(root)) {
      page.append("\n## ")
          .append(command.getCommandSpec().qualifiedName())
          .append("\n\n```\n")
          .append(usage(command))
          .append("\n```\n");
    }
    GeneratedFile.of("docs/command-line.md").mustBe(page.toString());
  }

  @Test
  void everyCommandHasHelpWithAnExample() {
    for (CommandLine command : leaves(Tenantry.commandLine(Map.of()))) {
      assertThat(usage(command))
          .as(command.getCommandSpec().qualifiedName())
          .contains("--help")
          .containsPattern("Example|bash: source");
    }
  }

  /** Every user of a machine can read what is on a command line. */
  @Test
  void noArgumentTakesWhatIsSecret() {
    for (CommandLine command : leaves(Tenantry.commandLine(Map.of()))) {
      assertThat(command.getCommandSpec().args())
          .as(command.getCommandSpec().qualifiedName())
          .noneMatch(
              argument ->
                  (argument.paramLabel()
                          + (argument instanceof OptionSpec option ? option.longestName() : ""))
                      .toLowerCase(Locale.ROOT)
                      .matches(".*(token|secret|password|credential).*"));
    }
  }

  private static String usage(CommandLine command) {
    return command
        .getUsageMessage(Ansi.OFF)
        .lines()
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private static List<CommandLine> leaves(CommandLine command) {
    if (command.getSubcommands().isEmpty()) {
      return List.of(command);
    }
    List<CommandLine> leaves = new ArrayList<>();
    command.getSubcommands().values().forEach(below -> leaves.addAll(leaves(below)));
    return leaves;
  }
}

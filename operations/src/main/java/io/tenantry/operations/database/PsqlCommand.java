package io.tenantry.operations.database;

import io.tenantry.credentials.LoginCredentials;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "psql",
    description = {
      "A prompt for SQL: psql where there is one, else a small one of our own.",
      "Reads only, unless --write is given. The password is in the environment of psql alone."
    },
    footer = {
      "",
      "Examples: tenantry db psql",
      "          tenantry db psql --command 'select slug, state from tenantry_control.tenants'"
    },
    mixinStandardHelpOptions = true)
final class PsqlCommand implements Callable<Integer> {

  @Option(
      names = "--as",
      paramLabel = "WHO",
      defaultValue = "control",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Who who = Who.control;

  @Option(names = "--write", description = "Statements may write, unless they ask not to.")
  private boolean write;

  @Option(
      names = {"-c", "--command"},
      paramLabel = "SQL",
      description = "Runs this and ends.")
  private @Nullable String sql;

  @Option(names = "--builtin", description = "Our own prompt, also where there is psql.")
  private boolean builtin;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Surroundings surroundings;

  PsqlCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Platform platform = Platform.of(surroundings.variables());
    LoginCredentials login = who.login(platform);
    Optional<Path> psql =
        builtin ? Optional.empty() : PsqlProcess.find(surroundings.variable("PATH").orElse(""));
    spec.commandLine()
        .getErr()
        .println(
            "tenantry: "
                + platform.where()
                + " as "
                + login.user()
                + (write ? "" : ", reading only")
                + (psql.isPresent() ? "" : ", by the prompt of our own"));
    spec.commandLine().getErr().flush();
    return psql.isPresent()
        ? new PsqlProcess(psql.get(), platform.address(), login, write)
            .run(sql, spec.commandLine().getOut())
        : ownPrompt(platform, login);
  }

  private int ownPrompt(Platform platform, LoginCredentials login) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (SqlSession session = SqlSession.open(platform.address(), login, write)) {
      if (sql != null) {
        return session.run(sql, out, err) ? ExitCode.DONE : ExitCode.FAILED;
      }
      SqlPrompt prompt = new SqlPrompt(session, out, err);
      if (surroundings.interactive()) {
        prompt.interactive();
        return ExitCode.DONE;
      }
      return prompt.piped() ? ExitCode.DONE : ExitCode.FAILED;
    } catch (SQLException e) {
      err.println("tenantry: " + platform.where() + " is away: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }
}

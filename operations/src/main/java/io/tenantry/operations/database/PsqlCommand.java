package io.tenantry.operations.database;

import io.tenantry.credentials.LoginCredentials;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.OperatorCommand;
import io.tenantry.operations.terminal.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "psql",
    footerHeading = Platform.HELP,
    description = {
      "A prompt for SQL: psql where there is one, else a small one of our own.",
      "Reads only, unless --write is given. The password is in the environment of psql alone."
    },
    footer = {
      "",
      "Examples: tenantry db psql",
      "          tenantry db psql --command 'select slug, state from tenantry_control.tenants'"
    })
final class PsqlCommand extends OperatorCommand {

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

  PsqlCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() throws IOException, InterruptedException {
    Platform platform = Platform.of(surroundings());
    LoginCredentials login = who.login(platform);
    Optional<Path> psql =
        builtin ? Optional.empty() : PsqlProcess.find(surroundings().variable("PATH").orElse(""));
    tell(
        platform.where()
            + " as "
            + login.user()
            + (write ? "" : ", reading only")
            + (psql.isPresent() ? "" : ", by the prompt of our own"));
    return psql.isPresent()
        ? psql(new PsqlProcess(psql.get(), platform.address(), login, write))
        : ownPrompt(platform, login);
  }

  /** Data that go to a file or another program stay as they are. */
  private int psql(PsqlProcess process) throws IOException, InterruptedException {
    return sql == null
        ? process.run()
        : process.run(sql, Surroundings.writesToTerminal() ? out() : rawOut(), err());
  }

  private int ownPrompt(Platform platform, LoginCredentials login) throws IOException {
    try (SqlSession session = SqlSession.open(platform.address(), login, write)) {
      if (sql != null) {
        return session.run(sql, out(), err()) ? ExitCode.DONE : ExitCode.FAILED;
      }
      SqlPrompt prompt = new SqlPrompt(session, out(), err());
      if (surroundings().interactive()) {
        prompt.interactive();
        return ExitCode.DONE;
      }
      return prompt.piped() ? ExitCode.DONE : ExitCode.FAILED;
    } catch (SQLException e) {
      tell(platform.where() + " is away: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }
}

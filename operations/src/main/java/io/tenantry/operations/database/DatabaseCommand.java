package io.tenantry.operations.database;

import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The parent of the commands about a whole database. */
@Command(
    name = "db",
    description = {
      "A prompt for SQL, and beginning anew.",
      "Works on the database itself, that of the settings (DATABASE_URL, TENANTRY_DATABASE_HOST"
          + " and",
      "so on) or, when they name none, that of a running `make run` in TENANTRY_HOME."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class DatabaseCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** With all that are below it. */
  public static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new DatabaseCommand())
        .addSubcommand(new PsqlCommand(surroundings))
        .addSubcommand(new ResetCommand(surroundings));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }
}

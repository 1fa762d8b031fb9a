package io.tenantry.operations.database;

import io.tenantry.operations.terminal.CommandGroup;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The parent of the commands about a whole database. */
@Command(
    name = "db",
    description = {
      "A prompt for SQL, and beginning anew.",
      "Works on the database itself, that of the settings (DATABASE_URL, TENANTRY_DATABASE_HOST"
          + " and",
      "so on) or, when they name none, that of a running `make run` in TENANTRY_HOME."
    })
public final class DatabaseCommand extends CommandGroup {

  /** With all that are below it. */
  public static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new DatabaseCommand())
        .addSubcommand(new PsqlCommand(surroundings))
        .addSubcommand(new ResetCommand(surroundings));
  }
}

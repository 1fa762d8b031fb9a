package io.tenantry.operations.runs;

import io.tenantry.operations.terminal.CommandGroup;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The parent of the commands about the schemas of all tenants. */
@Command(
    name = "migrate",
    description = {
      "Changes the schemas of all tenants, and shows what they have.",
      "Works on the database itself and needs no server: that of the settings (DATABASE_URL,",
      "TENANTRY_DATABASE_HOST and so on) or, when they name none, that of a running `make run` in",
      "TENANTRY_HOME. Logins are those of TENANTRY_CREDENTIALS_DIRECTORY."
    })
public final class MigrateCommand extends CommandGroup {

  /** With all that are below it. */
  public static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new MigrateCommand())
        .addSubcommand(new UpCommand(surroundings))
        .addSubcommand(new DownCommand(surroundings))
        .addSubcommand(new StatusCommand(surroundings))
        .addSubcommand(new VersionCommand(surroundings))
        .addSubcommand(new PlanCommand(surroundings))
        .addSubcommand(new DriftCommand(surroundings))
        .addSubcommand(new PauseCommand(surroundings))
        .addSubcommand(new ResumeCommand(surroundings))
        .addSubcommand(new RevertCommand(surroundings));
  }
}

package io.tenantry.operations.command;

import io.tenantry.operations.certificate.CertificateCommand;
import io.tenantry.operations.database.DatabaseCommand;
import io.tenantry.operations.runs.MigrateCommand;
import io.tenantry.operations.tenants.TenantCommand;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import picocli.CommandLine;

/** All commands of those who run the platform, for a command line that has others too. */
public final class OperatorCommands {

  private static final int WIDTH = 100;

  private OperatorCommands() {}

  /**
   * Adds them, each with what is below it.
   *
   * @param variables in place of the process's environment
   */
  public static CommandLine addTo(CommandLine line, Map<String, String> variables) {
    Surroundings surroundings = Surroundings.of(variables);
    return line.addSubcommand(TenantCommand.commandLine(surroundings))
        .addSubcommand(MigrateCommand.commandLine(surroundings))
        .addSubcommand(CertificateCommand.commandLine(surroundings))
        .addSubcommand(new DoctorCommand(variables))
        .addSubcommand(new ProberCommand(variables))
        .addSubcommand(DatabaseCommand.commandLine(surroundings))
        .addSubcommand(new CompletionCommand())
        .setUsageHelpWidth(WIDTH);
  }
}

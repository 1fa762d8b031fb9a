package io.tenantry.operations.command;

import io.tenantry.operations.certificate.CertificateCommand;
import io.tenantry.operations.database.DatabaseCommand;
import io.tenantry.operations.runs.MigrateCommand;
import io.tenantry.operations.tenants.TenantCommand;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** All commands of those who run the platform, for a command line that has others too. */
public final class OperatorCommands {

  private static final int WIDTH = 100;

  private static final Map<Integer, String> EXIT_CODES =
      new TreeMap<>(
          Map.of(
              ExitCode.DONE, "done, and nothing unsafe was found",
              ExitCode.FAILED, "it could not be done, which says nothing about the platform",
              ExitCode.USAGE, "called wrongly",
              ExitCode.UNSAFE, "something is unsafe, or a schema is not as it should be",
              ExitCode.REFUSED, "refused: not allowed, not there, or its state forbids it",
              ExitCode.INCOMPLETE, "carried out, and at least one tenant or operation failed",
              ExitCode.UNFINISHED,
                  "not at its end when the command ended: under way, paused, or not begun",
              ExitCode.INTERRUPTED, "ended by Ctrl-C; a run was given back before"));

  private OperatorCommands() {}

  /**
   * Adds them, each with what is below it.
   *
   * @param variables in place of the process's environment
   */
  public static CommandLine addTo(CommandLine line, Map<String, String> variables) {
    Surroundings surroundings = Surroundings.of(variables);
    Map<String, String> codes = new LinkedHashMap<>();
    EXIT_CODES.forEach((code, when) -> codes.put(String.valueOf(code), when));
    line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    return line.addSubcommand(TenantCommand.commandLine(surroundings))
        .addSubcommand(MigrateCommand.commandLine(surroundings))
        .addSubcommand(CertificateCommand.commandLine(surroundings))
        .addSubcommand(new DoctorCommand(surroundings))
        .addSubcommand(new ProberCommand(surroundings))
        .addSubcommand(DatabaseCommand.commandLine(surroundings))
        .addSubcommand(new CompletionCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(WIDTH);
  }
}

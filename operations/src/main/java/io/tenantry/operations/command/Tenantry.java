package io.tenantry.operations.command;

import io.tenantry.operations.terminal.CommandGroup;
import io.tenantry.operations.terminal.Failures;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line; each command is a class of its own, listed in {@link OperatorCommands}. */
@Command(name = "tenantry", description = "Looks at a platform and works on it.")
public final class Tenantry extends CommandGroup {

  /**
   * Runs a command and exits with its {@link io.tenantry.operations.terminal.ExitCode}.
   *
   * @param arguments hold no secrets: every user of the machine can read them
   */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return commandLine(System.getenv());
  }

  /**
   * The command line with its way of telling failures: a few lines, no stack trace.
   *
   * @param variables in place of the process's environment
   */
  public static CommandLine commandLine(Map<String, String> variables) {
    return OperatorCommands.addTo(new CommandLine(new Tenantry()), variables)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> Failures.tell(failure, command.getErr()));
  }
}

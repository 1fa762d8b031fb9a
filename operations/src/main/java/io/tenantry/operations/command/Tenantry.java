package io.tenantry.operations.command;

import io.tenantry.operations.terminal.Failures;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line; each command is a class of its own, listed in {@link OperatorCommands}. */
@Command(
    name = "tenantry",
    description = "Looks at a platform and works on it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, and nothing unsafe was found",
      "1:it could not be done, which says nothing about the platform",
      "2:called wrongly",
      "3:something is unsafe, or a schema is not as it should be",
      "4:refused: not allowed, not there, or its state forbids it",
      "5:carried out, and at least one tenant or operation failed",
      "6:not at its end when the command ended: under way, paused, or not begun"
    })
public final class Tenantry implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

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

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }
}

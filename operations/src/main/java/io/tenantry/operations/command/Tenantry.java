package io.tenantry.operations.command;

import io.tenantry.tenancy.error.TenantryException;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line; each subcommand is a class of its own, listed here. */
@Command(
    name = "tenantry",
    description = "Looks at a platform and works on it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DoctorCommand.class, ProberCommand.class})
public final class Tenantry implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs a command and exits with its {@link ExitCode}. */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return commandLine(System.getenv());
  }

  /**
   * The command line with its way of telling failures: one line, no stack trace.
   *
   * @param variables in place of the process's environment
   */
  static CommandLine commandLine(Map<String, String> variables) {
    CommandLine line = new CommandLine(new Tenantry(), new Commands(variables));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("tenantry: " + oneLine(failure));
          return ExitCode.FAILED;
        });
    return line;
  }

  /** Without a subcommand there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }

  private static String oneLine(Exception failure) {
    if (failure instanceof TenantryException known) {
      return known.detail() + " " + known.code().hint();
    }
    LoggerFactory.getLogger(Tenantry.class).error("Unexpected", failure);
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}

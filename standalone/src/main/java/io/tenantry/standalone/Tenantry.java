package io.tenantry.standalone;

import io.tenantry.embedded.EmbeddedPostgresException;
import io.tenantry.tenancy.error.TenantryException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the standalone system; {@code make} calls it. */
@Command(
    name = "tenantry",
    description = "A multi-tenant platform backend on PostgreSQL, in one process.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RunCommand.class, TokenCommand.class, DemoCommand.class})
public final class Tenantry implements Runnable {

  /** What every expected failure ends with. */
  static final int FAILED = 1;

  /** Runs a command and exits with its code: 0 done, 1 failed, 2 called wrongly. */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Tenantry());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("tenantry: " + oneLine(failure));
          return FAILED;
        });
    return line;
  }

  @Override
  public void run() {
    new CommandLine(this).usage(System.out);
  }

  /** One line for an operator. What is not expected keeps its stack trace, in the log. */
  private static String oneLine(Exception failure) {
    return switch (failure) {
      case TenantryException known -> known.detail() + " " + known.code().hint();
      case EmbeddedPostgresException server -> String.valueOf(server.getMessage());
      default -> {
        org.slf4j.LoggerFactory.getLogger(Tenantry.class).error("Unexpected", failure);
        yield failure.getClass().getSimpleName() + ": " + failure.getMessage();
      }
    };
  }
}

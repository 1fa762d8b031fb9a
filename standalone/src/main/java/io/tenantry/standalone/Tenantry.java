package io.tenantry.standalone;

import io.tenantry.api.isolation.UnsafePlatformException;
import io.tenantry.embedded.EmbeddedPostgresException;
import io.tenantry.operations.command.OperatorCommands;
import io.tenantry.operations.terminal.BuildVersion;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Failures;
import io.tenantry.standalone.changes.ChangesCommand;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the standalone system; {@code make} calls it. */
@Command(
    name = "tenantry",
    description = "A multi-tenant platform backend on PostgreSQL, in one process.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {RunCommand.class, TokenCommand.class, DemoCommand.class, ChangesCommand.class})
public final class Tenantry implements Runnable {

  /** Runs a command and exits with its {@link io.tenantry.operations.terminal.ExitCode}. */
  public static void main(String... arguments) {
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  static CommandLine commandLine(Map<String, String> variables) {
    return OperatorCommands.addTo(new CommandLine(new Tenantry()), variables)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> tell(failure, command.getErr()));
  }

  @Override
  public void run() {
    new CommandLine(this).usage(System.out);
  }

  private static int tell(Exception failure, PrintWriter err) {
    Optional<UnsafePlatformException> unsafe = unsafe(failure);
    if (unsafe.isPresent()) {
      Failures.tell(unsafe.get(), err);
      return unsafe.get().getExitCode();
    }
    if (failure instanceof EmbeddedPostgresException server) {
      return Failures.tell(
          new CommandFailure(ExitCode.FAILED, String.valueOf(server.getMessage())), err);
    }
    return Failures.tell(failure, err);
  }

  /** A context that does not start wraps the reason. */
  private static Optional<UnsafePlatformException> unsafe(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnsafePlatformException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}

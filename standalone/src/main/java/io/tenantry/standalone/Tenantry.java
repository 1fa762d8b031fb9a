package io.tenantry.standalone;

import io.tenantry.api.isolation.UnsafePlatformException;
import io.tenantry.embedded.EmbeddedPostgresException;
import io.tenantry.operations.command.DoctorCommand;
import io.tenantry.standalone.changes.ChangesCommand;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the standalone system; {@code make} calls it. */
@Command(
    name = "tenantry",
    description = "A multi-tenant platform backend on PostgreSQL, in one process.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      TokenCommand.class,
      DemoCommand.class,
      DoctorCommand.class,
      ChangesCommand.class
    })
public final class Tenantry implements Runnable {

  /** What every expected failure ends with. */
  static final int FAILED = 1;

  /** Runs a command and exits with its code: 0 done, 1 failed, 2 called wrongly, 3 unsafe. */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Tenantry());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          Optional<UnsafePlatformException> unsafe = unsafe(failure);
          command.getErr().println("tenantry: " + oneLine(unsafe.orElse(null), failure));
          return unsafe.map(UnsafePlatformException::getExitCode).orElse(FAILED);
        });
    return line;
  }

  @Override
  public void run() {
    new CommandLine(this).usage(System.out);
  }

  /** One line for an operator. What is not expected keeps its stack trace, in the log. */
  private static String oneLine(@Nullable UnsafePlatformException unsafe, Exception failure) {
    return switch (unsafe == null ? failure : unsafe) {
      case TenantryException known -> known.detail() + " " + known.code().hint();
      case EmbeddedPostgresException server -> String.valueOf(server.getMessage());
      default -> {
        org.slf4j.LoggerFactory.getLogger(Tenantry.class).error("Unexpected", failure);
        yield failure.getClass().getSimpleName() + ": " + failure.getMessage();
      }
    };
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

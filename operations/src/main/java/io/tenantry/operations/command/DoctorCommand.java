package io.tenantry.operations.command;

import io.tenantry.control.ControlException;
import io.tenantry.operations.doctor.Doctor;
import io.tenantry.operations.doctor.Report;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.OutputForm;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything that isolation relies on, and says what is wrong and how to mend it. */
@Command(
    name = "doctor",
    description = "Looks whether the platform is as isolation needs it. Changes nothing.",
    footer = {
      "",
      "The database is that of the settings (TENANTRY_DATABASE_HOST and so on) or, when they name",
      "none, that of a running `make run` in TENANTRY_HOME (.tenantry).",
      "Example: tenantry doctor --quick --output json",
      "Exit codes: 0 nothing unsafe, 1 could not look, 2 called wrongly, 3 something unsafe."
    },
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputForm output = OutputForm.table;

  @Option(
      names = "--quick",
      description = "Leaves out the tenants' own schemas: what a start looks at.")
  private boolean quick;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Map<String, String> variables;

  DoctorCommand(Map<String, String> variables) {
    this.variables = variables;
  }

  @Override
  public Integer call() {
    Platform platform = Platform.of(variables);
    Report report;
    try {
      report = new Report(platform.where(), quick, new Doctor(platform).look(quick));
    } catch (TenantryException e) {
      if (e.code() != ErrorCode.DATABASE_UNAVAILABLE && e.code() != ErrorCode.DEADLINE_EXCEEDED) {
        throw e;
      }
      return notSeen(platform, e.getCause());
    } catch (ControlException e) {
      return notSeen(platform, e.getCause());
    }
    spec.commandLine().getOut().println(output == OutputForm.json ? report.json() : report.table());
    return report.safe() ? ExitCode.DONE : ExitCode.UNSAFE;
  }

  /** What the driver says names the login at the most, never its password. */
  private int notSeen(Platform platform, @Nullable Throwable cause) {
    spec.commandLine()
        .getErr()
        .println(
            "tenantry: "
                + platform.where()
                + " could not be looked at: "
                + (cause == null ? "no answer" : cause.getMessage())
                + "\nCheck that the server runs there, or name another one by"
                + " TENANTRY_DATABASE_HOST, _PORT and _NAME, and the folder of its secrets by"
                + " TENANTRY_CREDENTIALS_DIRECTORY.");
    return ExitCode.FAILED;
  }
}

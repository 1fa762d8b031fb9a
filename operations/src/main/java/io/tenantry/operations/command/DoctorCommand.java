package io.tenantry.operations.command;

import io.tenantry.control.ControlException;
import io.tenantry.operations.doctor.Doctor;
import io.tenantry.operations.doctor.Report;
import io.tenantry.operations.platform.DatabaseWork;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at everything that isolation relies on, and says what is wrong and how to mend it. */
@Command(
    name = "doctor",
    description = "Looks whether the platform is as isolation needs it. Changes nothing.",
    footer = {
      "",
      "Example: tenantry doctor --quick --output json",
      "Exit codes: 0 nothing unsafe, 1 could not look, 2 called wrongly, 3 something unsafe."
    })
final class DoctorCommand extends DatabaseWork {

  @Option(
      names = "--quick",
      description = "Leaves out the tenants' own schemas: what a start looks at.")
  private boolean quick;

  DoctorCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run(Platform platform) {
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
    show(report.document(), report.table());
    return report.safe() ? ExitCode.DONE : ExitCode.UNSAFE;
  }

  /** What the driver says names the login at the most, never its password. */
  private int notSeen(Platform platform, @Nullable Throwable cause) {
    tell(
        platform.where()
            + " could not be looked at: "
            + (cause == null ? "no answer" : cause.getMessage())
            + "\nCheck that the server runs there, or name another one by"
            + " TENANTRY_DATABASE_HOST, _PORT and _NAME, and the folder of its secrets by"
            + " TENANTRY_CREDENTIALS_DIRECTORY.");
    return ExitCode.FAILED;
  }
}

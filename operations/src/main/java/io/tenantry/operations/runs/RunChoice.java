package io.tenantry.operations.runs;

import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationRuns;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which run is meant. */
final class RunChoice {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "Its id; the one that is unfinished, else the last one, when it is left out.")
  private @Nullable UUID id;

  /**
   * The run.
   *
   * @throws CommandFailure when there is none
   */
  MigrationRun of(MigrationRuns runs) {
    if (id != null) {
      return runs.find(id)
          .orElseThrow(() -> new CommandFailure(ExitCode.REFUSED, "There is no run " + id + "."));
    }
    return runs.unfinished()
        .or(() -> runs.list(1, null, null).stream().findFirst())
        .orElseThrow(() -> new CommandFailure(ExitCode.REFUSED, "There was no run yet."));
  }

  boolean given() {
    return id != null;
  }
}

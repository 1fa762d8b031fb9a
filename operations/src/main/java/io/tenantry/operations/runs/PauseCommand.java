package io.tenantry.operations.runs;

import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationRuns;
import io.tenantry.operations.platform.DatabaseWork;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "pause",
    description = "Has a run begin no further tenant; those under way are finished.",
    footer = {"", "Example: tenantry migrate pause"})
final class PauseCommand extends DatabaseWork {

  @Mixin private RunChoice choice = new RunChoice();

  PauseCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run(Platform platform) {
    MigrationRuns runs = new Workshop(platform).runs();
    MigrationRun paused = runs.pause(choice.of(runs).id(), Workshop.by());
    RunReport report = RunReport.of(runs, paused);
    show(report.document(), report.table());
    return ExitCode.DONE;
  }
}

package io.tenantry.operations.runs;

import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationRuns;
import io.tenantry.credentials.variables.CommandSettings;
import io.tenantry.migrations.fanout.FanOut;
import io.tenantry.migrations.fanout.FanOutListener;
import io.tenantry.migrations.fanout.FanOutSettings;
import io.tenantry.operations.platform.DatabaseWork;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine.Option;

/** A command that has a run carried out, here or by the provisioner, and follows it to its end. */
abstract class RunWork extends DatabaseWork {

  @Option(
      names = "--detach",
      description = "Asks for it alone; a provisioner that runs carries it out.")
  private boolean detach;

  RunWork(Surroundings surroundings) {
    super(surroundings);
  }

  /** Carries it out, or waits for the worker that does, and reports. */
  final int follow(Workshop workshop, MigrationRun run) {
    MigrationRuns runs = workshop.runs();
    if (detach) {
      show(RunReport.of(runs, run));
      return ExitCode.DONE;
    }
    tell("run " + run.id() + "; Ctrl-C leaves it to the next worker");
    FanOutSettings settings =
        CommandSettings.read(surroundings().variables()).of(FanOutSettings.class);
    FanOut fanOut = workshop.fanOut(settings);
    MigrationRun rested;
    try (RunWatch _ = new RunWatch(runs, run.id(), progress())) {
      rested = fanOut.untilItRests(run.id(), FanOutListener.NONE);
    }
    RunReport report = RunReport.of(runs, rested);
    show(report);
    return report.exitCode();
  }

  private void show(RunReport report) {
    show(report.document(), report.table());
  }
}

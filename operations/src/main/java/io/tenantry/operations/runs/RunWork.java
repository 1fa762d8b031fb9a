package io.tenantry.operations.runs;

import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationRuns;
import io.tenantry.credentials.variables.CommandSettings;
import io.tenantry.migrations.fanout.FanOut;
import io.tenantry.migrations.fanout.FanOutListener;
import io.tenantry.migrations.fanout.FanOutSettings;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Progress;
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
      show(RunReport.of(runs, run).document(), RunReport.of(runs, run).table());
      return ExitCode.DONE;
    }
    err().println("tenantry: run " + run.id() + "; Ctrl-C leaves it to the next worker");
    err().flush();
    FanOutSettings settings =
        CommandSettings.read(surroundings().variables()).of(FanOutSettings.class);
    FanOut fanOut = workshop.fanOut(settings);
    MigrationRun rested;
    try (RunWatch _ = new RunWatch(runs, run.id(), Progress.of(surroundings(), err()))) {
      rested = fanOut.untilItRests(run.id(), FanOutListener.NONE);
    }
    RunReport report = RunReport.of(runs, rested);
    show(report.document(), report.table());
    return report.exitCode();
  }

  @Override
  abstract int run(Platform platform);
}

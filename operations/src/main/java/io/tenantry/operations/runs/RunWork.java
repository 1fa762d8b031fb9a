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
import io.tenantry.tenancy.error.TenantryException;
import java.util.UUID;
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
    tell("run " + run.id() + "; Ctrl-C gives it back");
    FanOutSettings settings =
        CommandSettings.read(surroundings().variables()).of(FanOutSettings.class);
    FanOut fanOut = workshop.fanOut(settings);
    try (HandOver handOver = new HandOver(fanOut, () -> tell(left(runs, run.id())))) {
      MigrationRun rested;
      try (RunWatch _ = new RunWatch(runs, run.id(), progress())) {
        rested = fanOut.untilItRests(run.id(), FanOutListener.NONE);
      } catch (IllegalStateException e) {
        if (handOver.asked()) {
          return ExitCode.INTERRUPTED;
        }
        throw e;
      }
      RunReport report = RunReport.of(runs, rested);
      show(report);
      return report.exitCode();
    }
  }

  private void show(RunReport report) {
    show(report.document(), report.table());
  }

  /** How an interrupted run was left, and how it goes on. */
  private static String left(MigrationRuns runs, UUID id) {
    String again = "tenantry migrate resume " + id;
    try {
      MigrationRun run = runs.find(id).orElseThrow();
      return switch (run.state()) {
        case QUEUED ->
            "run %s is given back, %d tenants to do. A provisioner that runs goes on with it; so does: %s"
                .formatted(id, run.counts().pending(), again);
        case RUNNING ->
            "run %s is with a worker, or will be when the lease is over. To follow it: %s"
                .formatted(id, again);
        case PAUSED -> "run %s is PAUSED. To go on: %s".formatted(id, again);
        case SUCCEEDED, FAILED -> "run %s is %s.".formatted(id, run.state());
      };
    } catch (TenantryException e) {
      return "run %s is left to its lease: the database is away. To go on: %s".formatted(id, again);
    }
  }
}

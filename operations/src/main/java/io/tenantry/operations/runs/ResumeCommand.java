package io.tenantry.operations.runs;

import io.tenantry.control.MigrationRuns;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "resume",
    description = "Lets a paused run go on. What has failed so far does not pause it again.",
    footer = {"", "Example: tenantry migrate resume"})
final class ResumeCommand extends RunWork {

  @Mixin private RunChoice choice = new RunChoice();

  ResumeCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run(Platform platform) {
    Workshop workshop = new Workshop(platform);
    MigrationRuns runs = workshop.runs();
    return follow(workshop, runs.resume(choice.of(runs).id(), Workshop.by()));
  }
}

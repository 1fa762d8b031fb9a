package io.tenantry.operations.runs;

import io.tenantry.control.MigrationRuns;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "revert",
    description = {
      "Takes back what a run did, in the schemas that nobody has changed since.",
      "A run that is paused ends by that; one that runs has to be paused first."
    },
    footer = {"", "Example: tenantry migrate revert"})
final class RevertCommand extends RunWork {

  @Mixin private RunChoice choice = new RunChoice();

  RevertCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run(Platform platform) {
    Workshop workshop = new Workshop(platform);
    MigrationRuns runs = workshop.runs();
    return follow(workshop, runs.revert(choice.of(runs).id(), Workshop.by()));
  }
}

package io.tenantry.operations.runs;

import io.tenantry.control.MigrationRequest;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "down",
    description = {
      "Takes back changesets of the schemas of all tenants, by their rollbacks.",
      "Data that only the newer version can hold are gone."
    },
    footer = {"", "Example: tenantry migrate down 1"})
final class DownCommand extends RunWork {

  @Parameters(
      index = "0",
      paramLabel = "N",
      description = "How many changesets below the highest version that there is, 1 to 1000.")
  private int steps;

  @Mixin private RunOptions options = new RunOptions();

  DownCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run(Platform platform) {
    MigrationRequest request = options.over(MigrationRequest.down(steps));
    Workshop workshop = new Workshop(platform);
    return follow(workshop, workshop.runs().request(request, Workshop.by()));
  }
}

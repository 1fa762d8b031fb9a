package io.tenantry.operations.runs;

import io.tenantry.control.MigrationRequest;
import io.tenantry.migrations.fanout.FanOutSettings;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = {
      "Brings what all tenants share, then the schemas of all tenants, to this build's version.",
      "Each tenant is one transaction; one that fails keeps its version, and the others go on."
    },
    footer = {
      "",
      "Examples: tenantry migrate up",
      "          tenantry migrate up --canary acme --budget 0",
      "          DATABASE_URL=postgresql://postgres:..@db/tenantry tenantry migrate up --bootstrap"
    })
final class UpCommand extends RunWork {

  @Option(
      names = "--to",
      paramLabel = "CHANGESET",
      description = "Ends at this one; at the newest unless said.")
  private @Nullable String target;

  @Option(
      names = "--bootstrap",
      description =
          "First makes what is missing: secrets, database, roles. As the superuser that"
              + " DATABASE_URL, or POSTGRES_USER and POSTGRES_PASSWORD and so on, name.")
  private boolean bootstrap;

  @Mixin private RunOptions options = new RunOptions();

  UpCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run(Platform platform) {
    MigrationRequest request = options.over(MigrationRequest.up(target));
    Workshop workshop = new Workshop(platform);
    if (bootstrap) {
      workshop.bootstrap();
      tell(platform.where() + " is set up; secrets in " + platform.secrets());
    } else {
      workshop.sharedTables();
    }
    // This build's newest, also when another build carries it out.
    request = workshop.fanOut(FanOutSettings.defaults()).here(request);
    return follow(workshop, workshop.runs().request(request, Workshop.by()));
  }
}

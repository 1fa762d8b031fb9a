package io.tenantry.operations.tenants;

import io.tenantry.operations.terminal.CommandGroup;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The parent of the commands about one tenant's life. */
@Command(
    name = "tenant",
    description = {
      "Makes, shows, changes and ends tenants.",
      "Talks to the admin API: TENANTRY_API_URL with TENANTRY_TOKEN, or with TENANTRY_CLIENT_ID"
          + " and",
      "TENANTRY_CLIENT_SECRET; where none is named, that of a running `make run` in TENANTRY_HOME."
    })
public final class TenantCommand extends CommandGroup {

  /** With all that are below it. */
  public static CommandLine commandLine(Surroundings surroundings) {
    return new CommandLine(new TenantCommand())
        .addSubcommand(new CreateTenant(surroundings))
        .addSubcommand(new ListTenants(surroundings))
        .addSubcommand(new ShowTenant(surroundings))
        .addSubcommand(new UpdateTenant(surroundings))
        .addSubcommand(new SuspendTenant(surroundings))
        .addSubcommand(new ResumeTenant(surroundings))
        .addSubcommand(new DeleteTenant(surroundings))
        .addSubcommand(new UndeleteTenant(surroundings))
        .addSubcommand(new PurgeTenant(surroundings))
        .addSubcommand(new HoldTenant(surroundings))
        .addSubcommand(new RetryTenant(surroundings));
  }
}

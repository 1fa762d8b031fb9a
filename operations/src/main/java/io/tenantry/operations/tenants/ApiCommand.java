package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiTarget;
import io.tenantry.operations.terminal.AnsweringCommand;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine.Command;

/** A command that asks the admin API. */
@Command(footerHeading = ApiTarget.HELP)
abstract class ApiCommand extends AnsweringCommand {

  ApiCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected final int run() {
    try (AdminApi api = new AdminApi(ApiTarget.of(surroundings()))) {
      tellVerbose("talks to the admin API at " + api.where());
      return run(api);
    }
  }

  /** Does it, and answers what the command ends with. */
  abstract int run(AdminApi api);
}

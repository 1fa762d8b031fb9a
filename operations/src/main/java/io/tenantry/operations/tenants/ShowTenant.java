package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

@Command(
    name = "show",
    description = "Shows one tenant.",
    footer = {"", "Example: tenantry tenant show acme --output json"})
final class ShowTenant extends OneTenant {

  ShowTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(AdminApi api) {
    JsonNode tenant = api.get(path()).body();
    show(tenant, TenantText.of(tenant));
    return ExitCode.DONE;
  }
}

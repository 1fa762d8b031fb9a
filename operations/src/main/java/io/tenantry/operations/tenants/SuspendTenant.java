package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "suspend",
    description = "Refuses the tenant's requests until it is resumed; its data stay.",
    footer = {"", "Example: tenantry tenant suspend acme"})
final class SuspendTenant extends Ordered {

  SuspendTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ApiAnswer order(AdminApi api) {
    return api.send("POST", path() + "/suspend", null, Map.of());
  }
}

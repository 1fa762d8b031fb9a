package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "undelete",
    description = "Brings a deleted tenant back whole, until it is purged.",
    footer = {"", "Example: tenantry tenant undelete acme"})
final class UndeleteTenant extends Ordered {

  UndeleteTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ApiAnswer order(AdminApi api) {
    return api.send("POST", path() + "/undelete", null, Map.of());
  }
}

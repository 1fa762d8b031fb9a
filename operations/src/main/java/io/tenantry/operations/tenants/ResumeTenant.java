package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "resume",
    description = "Serves a suspended tenant again.",
    footer = {"", "Example: tenantry tenant resume acme"})
final class ResumeTenant extends Ordered {

  ResumeTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ApiAnswer order(AdminApi api) {
    return api.send("POST", path() + "/resume", null, Map.of());
  }
}

package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "retry",
    description = "Asks again for what failed: the making of a tenant, or its end.",
    footer = {"", "Example: tenantry tenant retry acme --wait"})
final class RetryTenant extends Ordered {

  RetryTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ApiAnswer order(AdminApi api) {
    return api.send("POST", path() + "/retry", null, Map.of());
  }
}

package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "create",
    description = "Makes a tenant. One that exists is not touched.",
    footer = {
      "",
      "Example: tenantry tenant create acme --name 'Acme Ltd' --label region=eu --wait"
    })
final class CreateTenant extends Ordered {

  @Mixin private TenantOptions options = new TenantOptions();

  CreateTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ApiAnswer order(AdminApi api) {
    return api.send("PUT", path(), options.body(), Map.of("If-None-Match", "*"));
  }
}

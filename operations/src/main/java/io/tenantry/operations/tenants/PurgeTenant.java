package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "purge",
    description = {
      "Shows what a purge of a deleted tenant would remove or, with --for-good, removes it.",
      "Schema, role, rows, clients: nothing brings them back. Needs the scope platform:purge."
    },
    footer = {
      "",
      "Examples: tenantry tenant purge acme --wait",
      "          tenantry tenant purge acme --for-good --confirm acme --wait"
    })
final class PurgeTenant extends Ordered {

  @Option(names = "--for-good", description = "Removes it; without this it is only looked at.")
  private boolean forGood;

  @Mixin private TypedTwice confirmed = new TypedTwice();

  PurgeTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ApiAnswer order(AdminApi api) {
    if (!forGood) {
      return api.send("POST", path() + "/purge?dryRun=true", null, Map.of());
    }
    String slug = confirmed.demand(this, api, "removes for good");
    return api.send("POST", path() + "/purge?dryRun=false", null, Map.of("Confirm-Tenant", slug));
  }
}

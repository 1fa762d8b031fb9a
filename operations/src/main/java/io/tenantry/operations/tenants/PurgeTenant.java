package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "purge",
    description = {
      "Shows what a purge of a deleted tenant would remove or, with --for-good, removes it:"
          + " schema,",
      "role, rows, clients. Nothing brings it back. Needs a token with the scope platform:purge."
    },
    footer = {
      "",
      "Examples: tenantry tenant purge acme --wait",
      "          tenantry tenant purge acme --for-good --confirm acme --wait"
    },
    mixinStandardHelpOptions = true)
final class PurgeTenant extends Ordered {

  @Option(names = "--for-good", description = "Removes it; without this it is only looked at.")
  private boolean forGood;

  @Option(
      names = "--confirm",
      paramLabel = "SLUG",
      description = "The slug once more; asked for on a terminal when it is left out.")
  private @Nullable String confirmed;

  PurgeTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ApiAnswer order(AdminApi api) {
    if (!forGood) {
      return api.send("POST", path() + "/purge?dryRun=true", null, Map.of());
    }
    String slug = Confirmation.of(this, confirmed, "removes for good");
    return api.send("POST", path() + "/purge?dryRun=false", null, Map.of("Confirm-Tenant", slug));
  }
}

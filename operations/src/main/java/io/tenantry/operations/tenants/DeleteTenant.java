package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "delete",
    description = {
      "Ends a tenant: its requests are refused, its data are kept for its retention and can be",
      "brought back by undelete. Refused while it has deletion protection."
    },
    footer = {"", "Example: tenantry tenant delete acme --confirm acme --wait"},
    mixinStandardHelpOptions = true)
final class DeleteTenant extends Ordered {

  @Option(
      names = "--confirm",
      paramLabel = "SLUG",
      description = "The slug once more; asked for on a terminal when it is left out.")
  private @Nullable String confirmed;

  DeleteTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ApiAnswer order(AdminApi api) {
    String slug = Confirmation.of(this, confirmed, "deletes");
    String etag = api.get(path()).body().path("etag").asString("");
    return api.send("DELETE", path(), null, Map.of("If-Match", etag, "Confirm-Tenant", slug));
  }
}

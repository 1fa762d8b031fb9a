package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "delete",
    description = {
      "Ends a tenant: its requests are refused, its data are kept for its retention.",
      "Until then `undelete` brings it back. Refused while it has deletion protection."
    },
    footer = {"", "Example: tenantry tenant delete acme --confirm acme --wait"})
final class DeleteTenant extends Ordered {

  @Mixin private TypedTwice confirmed = new TypedTwice();

  DeleteTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ApiAnswer order(AdminApi api) {
    String slug = confirmed.demand(this, api, "deletes");
    String etag = api.get(path()).body().path("etag").asString("");
    return api.send("DELETE", path(), null, Map.of("If-Match", etag, "Confirm-Tenant", slug));
  }
}

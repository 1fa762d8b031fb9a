package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "update",
    description = "Changes what is said about a tenant. One that does not exist is not made.",
    footer = {"", "Example: tenantry tenant update acme --deletion-protection false"})
final class UpdateTenant extends Ordered {

  @Mixin private TenantOptions options = new TenantOptions();

  UpdateTenant(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ApiAnswer order(AdminApi api) {
    ObjectNode body = options.body();
    if (body.isEmpty()) {
      throw wrong("It is not said what is to change.");
    }
    // The version that is there now: a PUT without one would make a tenant that is not there.
    String etag = api.get(path()).body().path("etag").asString("");
    return api.send("PUT", path(), body, Map.of("If-Match", etag));
  }
}

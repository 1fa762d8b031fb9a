package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.tenancy.TenantState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "list",
    description = "Lists tenants in the order of their slugs.",
    footer = {"", "Example: tenantry tenant list --status FAILED"})
final class ListTenants extends ApiCommand {

  private static final int PAGE = 200;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Ends after so many, at least 1; all unless said.")
  private int limit = Integer.MAX_VALUE;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only those; ${COMPLETION-CANDIDATES}.")
  private @Nullable TenantState status;

  ListTenants(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  int run(AdminApi api) {
    if (limit < 1) {
      throw wrong("--limit is " + limit + "; it takes 1 or more.");
    }
    ArrayNode tenants = JsonNodeFactory.instance.arrayNode();
    String cursor = "";
    do {
      JsonNode page = api.get("/admin/v1/tenants?limit=" + PAGE + cursor).body();
      for (JsonNode tenant : page.path("items")) {
        if (tenants.size() < limit && wanted(tenant)) {
          tenants.add(tenant);
        }
      }
      String next = page.path("nextCursor").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
    } while (!cursor.isEmpty() && tenants.size() < limit);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("items", tenants);
    show(document, TenantText.list(tenants));
    return ExitCode.DONE;
  }

  private boolean wanted(JsonNode tenant) {
    return status == null || tenant.path("status").asString("").equals(status.name());
  }
}

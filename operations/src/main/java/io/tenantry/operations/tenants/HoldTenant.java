package io.tenantry.operations.tenants;

import io.tenantry.operations.client.AdminApi;
import io.tenantry.operations.client.ApiAnswer;
import io.tenantry.operations.terminal.Surroundings;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
    name = "hold",
    description = {
      "Keeps a tenant from being purged, whatever its retention says, or lifts that again.",
      "Needs a token with the scope platform:purge."
    },
    footer = {
      "",
      "Examples: tenantry tenant hold acme --reason 'case 4711'",
      "          tenantry tenant hold acme --release"
    })
final class HoldTenant extends Ordered {

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Wish wish = new Wish();

  HoldTenant(Surroundings surroundings) {
    super(surroundings);
  }

  /** One of the two. */
  static final class Wish {
    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why, 1 to 500 characters.")
    private @Nullable String reason;

    @Option(names = "--release", required = true, description = "Lifts the hold.")
    private boolean release;
  }

  @Override
  ApiAnswer order(AdminApi api) {
    return wish.release
        ? api.send("DELETE", path() + "/hold", null, Map.of())
        : api.send(
            "PUT",
            path() + "/hold",
            JsonNodeFactory.instance
                .objectNode()
                .put("reason", Objects.requireNonNull(wish.reason)),
            Map.of());
  }
}

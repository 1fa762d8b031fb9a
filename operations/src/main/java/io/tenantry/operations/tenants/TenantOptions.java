package io.tenantry.operations.tenants;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What may be said about a tenant; what is left out stays as it is, or is the platform's usual. */
final class TenantOptions {

  @Option(names = "--name", paramLabel = "NAME", description = "Display name, 1 to 200 characters.")
  private @Nullable String displayName;

  @Option(names = "--tier", paramLabel = "TIER", description = "a-z, 0-9 and hyphen.")
  private @Nullable String tier;

  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description = "May be given often; together they take the place of all labels there are.")
  private Map<String, String> labels = new TreeMap<>();

  @Option(
      names = "--requests-per-second",
      paramLabel = "N",
      description = "Limit of each instance.")
  private @Nullable Integer requestsPerSecond;

  @Option(names = "--burst", paramLabel = "N", description = "Limit of each instance.")
  private @Nullable Integer burst;

  @Option(names = "--max-connections", paramLabel = "N", description = "Limit of each instance.")
  private @Nullable Integer maxConnections;

  @Option(
      names = "--retention-days",
      paramLabel = "DAYS",
      description = "How long it can be undeleted, 0 to 3650.")
  private @Nullable Integer retentionDays;

  @Option(
      names = "--deletion-protection",
      arity = "1",
      paramLabel = "true|false",
      description = "Whether a delete is refused.")
  private @Nullable Boolean deletionProtection;

  ObjectNode body() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    if (displayName != null) {
      body.put("displayName", displayName);
    }
    if (tier != null) {
      body.put("tier", tier);
    }
    if (!labels.isEmpty()) {
      ObjectNode object = body.putObject("labels");
      labels.forEach(object::put);
    }
    if (requestsPerSecond != null || burst != null || maxConnections != null) {
      ObjectNode limits = body.putObject("limits");
      number(limits, "requestsPerSecond", requestsPerSecond);
      number(limits, "burst", burst);
      number(limits, "maxConnections", maxConnections);
    }
    number(body, "retentionDays", retentionDays);
    if (deletionProtection != null) {
      body.put("deletionProtection", deletionProtection);
    }
    return body;
  }

  private static void number(ObjectNode object, String name, @Nullable Integer value) {
    if (value != null) {
      object.put(name, value);
    }
  }
}

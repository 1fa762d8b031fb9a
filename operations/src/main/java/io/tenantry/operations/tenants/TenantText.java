package io.tenantry.operations.tenants;

import io.tenantry.operations.terminal.Table;
import tools.jackson.databind.JsonNode;

/** A tenant's document for people. */
final class TenantText {

  private TenantText() {}

  /** A line a field. */
  static String of(JsonNode tenant) {
    Table table = new Table("FIELD", "VALUE");
    tenant.properties().forEach(field -> table.add(field.getKey(), value(field.getValue())));
    return table.toString();
  }

  /** A line a tenant. */
  static String list(Iterable<JsonNode> tenants) {
    Table table = new Table("SLUG", "STATUS", "TIER", "VERSION", "CREATED", "");
    for (JsonNode tenant : tenants) {
      table.add(
          value(tenant.path("slug")),
          value(tenant.path("status")),
          value(tenant.path("tier")),
          value(tenant.path("schemaVersion")),
          value(tenant.path("createdAt")),
          tenant.path("quarantined").asBoolean(false) ? "quarantined" : "");
    }
    return table.toString();
  }

  static String value(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "-" : value.asString(value.toString());
  }
}

package io.tenantry.operations.tenants;

import io.tenantry.operations.terminal.PlainText;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** An operation's document for people. */
final class OperationText {

  private OperationText() {}

  static String step(String name, String state, String detail) {
    return PlainText.line(
        "  "
            + name
            + ": "
            + state.toLowerCase(Locale.ROOT)
            + (detail.isEmpty() ? "" : " (" + detail + ")"));
  }

  /** One line, with the reason when it failed. */
  static String of(JsonNode operation) {
    JsonNode error = operation.path("error");
    return PlainText.line(
        operation.path("kind").asString("")
            + " "
            + operation.path("id").asString("")
            + " is "
            + operation.path("state").asString("")
            + (error.isObject()
                ? ": "
                    + error.path("detail").asString("")
                    + " ("
                    + error.path("code").asString("")
                    + ")"
                : ""));
  }
}

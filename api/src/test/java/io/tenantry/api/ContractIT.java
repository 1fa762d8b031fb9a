package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.error.ErrorCode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the description shows as an example works as it stands. */
class ContractIT {

  /** What only a tenant in a certain state accepts: LifecycleIT sends these, and in that state. */
  private static final Set<String> LIFE =
      Set.of(
          "DELETE /admin/v1/tenants/{slug}",
          "POST /admin/v1/tenants/{slug}/suspend",
          "POST /admin/v1/tenants/{slug}/resume",
          "POST /admin/v1/tenants/{slug}/undelete",
          "POST /admin/v1/tenants/{slug}/retry",
          "PUT /admin/v1/tenants/{slug}/hold",
          "DELETE /admin/v1/tenants/{slug}/hold",
          "POST /admin/v1/tenants/{slug}/purge",
          "GET /admin/v1/tenants/{slug}/certificate",
          // Of a run in a certain state: MigrationsIT.
          "GET /admin/v1/migrations/{id}",
          "POST /admin/v1/migrations/{id}/pause",
          "POST /admin/v1/migrations/{id}/resume",
          "POST /admin/v1/migrations/{id}/revert");

  private static final Contract CONTRACT = Contract.committed();

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());
  private final String operator =
      platform.tokens().platform("platform:read platform:write platform:purge");

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("examples")
  void everyRequestExampleIsAccepted(
      Contract.Operation operation, String example, String mediaType, JsonNode body)
      throws SQLException {
    if (operation.path().equals("/admin/v1/migrations")) {
      // One run at a time.
      MigrationsIT.endRuns();
    }
    Call call = api.call(operation.method(), path(operation));
    if (operation.path().startsWith("/oauth2/")) {
      call.header("Authorization", Issued.basic("acme-desk"));
    } else {
      call.token(operation.path().startsWith("/v1/") ? acme : operator);
    }
    if (!body.isMissingNode()) {
      call.body(mediaType, BodyPublishers.ofString(Issued.text(mediaType, body)));
    }
    headers(operation, call);

    Answer answer = call.send();

    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    String status = Integer.toString(answer.status());
    JsonNode described = operation.json().path("responses").path(status);
    assertThat(described.isObject()).as("%s %s", operation, status).isTrue();
    JsonNode json = described.path("content").path("application/json").path("schema");
    if (json.has("$ref")) {
      CONTRACT.valid(json.path("$ref").asString(), answer.body(), operation.toString());
    }
  }

  /** One call for each example; an operation without a body is called once. */
  static List<Arguments> examples() {
    List<Arguments> all = new ArrayList<>();
    for (Contract.Operation operation : CONTRACT.operations()) {
      if (LIFE.contains(operation.method() + " " + operation.path())) {
        continue;
      }
      JsonNode content = operation.json().path("requestBody").path("content");
      if (content.isMissingNode()) {
        all.add(Arguments.of(operation, "", "", content));
      }
      content
          .properties()
          .forEach(
              media ->
                  media
                      .getValue()
                      .path("examples")
                      .properties()
                      .forEach(
                          example ->
                              all.add(
                                  Arguments.of(
                                      operation,
                                      example.getKey(),
                                      media.getKey(),
                                      example.getValue().path("value")))));
    }
    return all;
  }

  @Test
  void everyErrorThatIsShownIsInTheCatalogue() {
    List<String> known = Arrays.stream(ErrorCode.values()).map(ErrorCode::id).toList();
    for (Contract.Operation operation : CONTRACT.operations()) {
      for (var response : operation.json().path("responses").properties()) {
        JsonNode media = response.getValue().path("content").path("application/problem+json");
        for (var example : media.path("examples").properties()) {
          JsonNode value = CONTRACT.resolve(example.getValue()).path("value");
          assertThat(known).contains(example.getKey());
          assertThat(value.path("code").asString()).isEqualTo(example.getKey());
          assertThat(value.path("status").asString()).isEqualTo(response.getKey());
        }
      }
    }
  }

  @Test
  void anAnswerThatIsNotDescribedIsNoticed() {
    JsonNode order = api.get(order()).token(acme).send().is(200).json();
    String schema = "#/components/schemas/Order";
    assertThat(CONTRACT.errors(schema, order)).isEmpty();

    ((ObjectNode) order).put("secret", "x");

    assertThatThrownBy(() -> CONTRACT.valid(schema, order.toString(), "test"))
        .hasMessageContaining("secret");
  }

  private void headers(Contract.Operation operation, Call call) {
    for (JsonNode reference : operation.json().path("parameters")) {
      JsonNode parameter = CONTRACT.resolve(reference);
      if (parameter.path("in").asString().equals("header")
          && parameter.path("required").asBoolean(false)) {
        call.header(parameter.path("name").asString(), parameter.path("example").asString());
      }
    }
  }

  /** The operation's path on something that is there, with every example of its query. */
  private String path(Contract.Operation operation) {
    String path = operation.path();
    if (path.startsWith("/v1/orders/{id}")) {
      path = path.replace("/v1/orders/{id}", order());
    } else if (path.startsWith("/v1/reports/{id}")) {
      path = path.replace("/v1/reports/{id}", report());
    } else if (path.startsWith("/admin/v1/operations/{id}")) {
      path = put("op-" + UUID.randomUUID().toString().substring(0, 8));
    } else if (operation.method().equals("PUT")) {
      path = path.replace("{slug}", "put-" + UUID.randomUUID().toString().substring(0, 8));
    }
    path = path.replace("{slug}", "acme");
    if (path.contains("{clientId}")) {
      path = path.replace("{clientId}", client());
    }
    List<String> query = new ArrayList<>();
    for (JsonNode reference : operation.json().path("parameters")) {
      JsonNode parameter = CONTRACT.resolve(reference);
      if (parameter.path("in").asString().equals("query") && parameter.has("example")) {
        query.add(parameter.path("name").asString() + "=" + parameter.path("example").asString());
      }
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private String order() {
    String body = "{\"symbol\":\"DOC\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}";
    return api.post("/v1/orders", body).token(acme).send().is(201).demanded("Location");
  }

  private String report() {
    return api.post("/v1/reports", "{\"title\":\"Doc\",\"body\":\"Doc\"}")
        .token(acme)
        .send()
        .is(201)
        .demanded("Location");
  }

  private String client() {
    return api.post("/admin/v1/tenants/acme/clients", "{}")
        .token(operator)
        .send()
        .is(201)
        .text("clientId");
  }

  private String put(String slug) {
    return api.call("PUT", "/admin/v1/tenants/" + slug)
        .json("{}")
        .token(operator)
        .send()
        .is(202)
        .demanded("Location");
  }

  /** How a client asks for its token. */
  private static final class Issued {

    static String basic(String client) {
      byte[] pair = (client + ":" + ApiServer.SECRET).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    static String text(String mediaType, JsonNode body) {
      if (mediaType.equals("application/json")) {
        return body.toString();
      }
      List<String> fields = new ArrayList<>();
      body.properties().forEach(f -> fields.add(f.getKey() + "=" + f.getValue().asString()));
      return String.join("&", fields);
    }
  }
}

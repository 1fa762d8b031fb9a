package io.tenantry.api;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.GeneratedFile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** docs/openapi.json is what the server answers; {@code make docs} writes it anew. */
class DescriptionIT {

  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final List<String> SCOPES =
      List.of("tenant:read", "tenant:write", "platform:read", "platform:write", "platform:purge");

  private final ApiServer api = ApiServer.shared();

  @Test
  void theCommittedDescriptionIsWhatIsServed() throws IOException {
    String served = api.get("/openapi.json").send().is(200).body();
    String pretty = PRETTY.writeValueAsString(PRETTY.readTree(served)) + "\n";

    GeneratedFile.of("docs/openapi.json").mustBe(pretty);
  }

  @Test
  void everyMappedOperationIsDescribedAndNoOther() {
    Set<String> mapped = new TreeSet<>();
    api.bean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet().stream()
        .forEach(
            mapping ->
                mapping
                    .getPatternValues()
                    .forEach(
                        path ->
                            mapping
                                .getMethodsCondition()
                                .getMethods()
                                .forEach(method -> mapped.add(method + " " + path))));
    mapped.removeIf(name -> !name.contains(" /v1/") && !name.contains(" /admin/v1/"));
    Set<String> described = new TreeSet<>();
    for (Contract.Operation operation : Contract.committed().operations()) {
      if (operation.path().startsWith("/v1/") || operation.path().startsWith("/admin/v1/")) {
        described.add(operation.toString());
        assertThat(operation.json().path("tags").size())
            .as("%s is not in the tables of package api.openapi", operation)
            .isOne();
      }
    }

    assertThat(described).isNotEmpty().isEqualTo(mapped);
  }

  @Test
  void everyOperationIsComplete() {
    Set<String> ids = new TreeSet<>();
    for (Contract.Operation operation : Contract.committed().operations()) {
      JsonNode json = operation.json();
      assertThat(ids.add(operation.id())).as("operationId of %s", operation).isTrue();
      for (String text : new String[] {"operationId", "summary", "description"}) {
        assertThat(json.path(text).asString("")).as("%s of %s", text, operation).isNotEmpty();
      }
      if (json.has("requestBody")) {
        json.path("requestBody")
            .path("content")
            .forEach(m -> assertThat(m.path("examples").size()).as("%s", operation).isPositive());
      }
      boolean secured = operation.path().contains("/v1/");
      assertThat(json.path("security").size())
          .as("%s", operation)
          .isEqualTo(secured ? 2 : issuer(operation));
      complete(operation, json.path("responses"), secured);
    }
  }

  /** By what is served: a token with every scope but the one that is described is refused. */
  @Test
  void everyOperationNeedsTheScopeThatItSays() {
    ApiServer.Platform platform = ApiServer.platform();
    JsonNode paths = api.get("/openapi.json").send().is(200).json().path("paths");
    int asked = 0;
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      // Of nobody, so that nothing happens where the description is wrong.
      String nobodys =
          path.getKey()
              .replace("{slug}", "nobody")
              .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        JsonNode scopes = method.getValue().path("security").path(0).path("clientCredentials");
        if (!scopes.isArray()) {
          continue;
        }
        String needed = scopes.path(0).asString();
        String others =
            SCOPES.stream().filter(scope -> !scope.equals(needed)).collect(joining(" "));
        String token =
            needed.startsWith("tenant:")
                ? platform.tokens().tenant(platform.acme().id(), others)
                : platform.tokens().platform(others);
        Answer answer =
            api.call(method.getKey().toUpperCase(Locale.ROOT), nobodys).token(token).send();
        assertThat(answer.status())
            .as("%s %s without %s: %s", method.getKey(), path.getKey(), needed, answer.body())
            .isEqualTo(403);
        assertThat(answer.isProblem(403, "scope_missing").text("detail")).contains(needed);
        asked++;
      }
    }
    assertThat(asked).isGreaterThanOrEqualTo(40);
  }

  private static int issuer(Contract.Operation operation) {
    return operation.method().equals("POST") ? 1 : 0;
  }

  private static void complete(Contract.Operation operation, JsonNode responses, boolean secured) {
    assertThat(responses.propertyNames()).as("%s", operation).anyMatch(s -> s.startsWith("2"));
    if (secured) {
      assertThat(responses.propertyNames())
          .as("%s", operation)
          .contains("400", "401", "403", "404", "405", "406", "413", "429", "500", "503");
    }
    responses
        .properties()
        .forEach(
            response -> {
              String about = operation + " " + response.getKey();
              assertThat(response.getValue().path("description").asString(""))
                  .as(about)
                  .isNotEmpty();
              response
                  .getValue()
                  .path("content")
                  .forEach(
                      media -> {
                        assertThat(media.path("examples").size()).as(about).isPositive();
                        assertThat(media.path("schema").has("$ref")).as(about).isTrue();
                      });
            });
  }

  @Test
  void everyExampleIsValidByItsOwnSchema() {
    Contract contract = Contract.committed();
    for (Contract.Operation operation : contract.operations()) {
      examples(contract, operation + " takes", operation.json().path("requestBody"));
      operation
          .json()
          .path("responses")
          .properties()
          .forEach(r -> examples(contract, operation + " " + r.getKey(), r.getValue()));
    }
  }

  private static void examples(Contract contract, String about, JsonNode described) {
    for (JsonNode media : described.path("content")) {
      String reference = media.path("schema").path("$ref").asString();
      for (JsonNode example : media.path("examples")) {
        JsonNode value = contract.resolve(example).path("value");
        assertThat(value.isMissingNode()).as(about).isFalse();
        assertThat(contract.errors(reference, value)).as(about + " " + value).isEmpty();
      }
    }
  }
}

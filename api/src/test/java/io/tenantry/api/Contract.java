package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The committed description, and whether an answer keeps to it. Stricter than the description
 * itself: an answer may have no field that is not described, though clients have to allow for it.
 */
final class Contract {

  static final Path FILE = Path.of("../docs/openapi.json");

  private static final String PROBLEM = "#/components/schemas/Problem";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JsonNode document;
  private final List<Operation> operations = new ArrayList<>();
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();

  private Contract(JsonNode document) {
    this.document = document;
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        operations.add(
            new Operation(
                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
      }
    }
  }

  static Contract committed() {
    return Holder.COMMITTED;
  }

  /** One operation of the description. */
  record Operation(String method, String path, JsonNode json) {

    String id() {
      return json.path("operationId").asString();
    }

    boolean isAt(String actual) {
      String[] template = path.split("/", -1);
      String[] parts = actual.split("/", -1);
      if (template.length != parts.length) {
        return false;
      }
      for (int i = 0; i < parts.length; i++) {
        if (!template[i].startsWith("{") && !template[i].equals(parts[i])) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  JsonNode document() {
    return document;
  }

  List<Operation> operations() {
    return operations;
  }

  /** What {@code node} refers to, or itself. */
  JsonNode resolve(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isString() ? document.at(reference.asString().substring(1)) : node;
  }

  /** Fails when an answer under /v1 or /admin/v1 is not as described. */
  void check(HttpResponse<String> answer) {
    String method = answer.request().method();
    String path = answer.request().uri().getRawPath();
    // Tests have controllers of their own, which nobody else can call.
    if (path.contains("/v1/test-")
        || (!path.startsWith("/v1/") && !path.startsWith("/admin/v1/"))) {
      return;
    }
    List<Operation> here = operations.stream().filter(o -> o.isAt(path)).toList();
    String asked = method.equals("HEAD") ? "GET" : method;
    Optional<Operation> operation = here.stream().filter(o -> o.method().equals(asked)).findFirst();
    String about = method + " " + path + " answered " + answer.statusCode() + ": " + answer.body();
    if (method.equals("OPTIONS") && answer.statusCode() == 200) {
      assertThat(answer.headers().firstValue("Allow")).as(about).isPresent();
      assertThat(answer.body()).as(about).isEmpty();
      return;
    }
    if (operation.isEmpty()) {
      assertThat(answer.statusCode()).as(about).isBetween(400, 503).isNotEqualTo(500);
      if (!method.equals("HEAD")) {
        valid(PROBLEM, answer.body(), about);
      }
      return;
    }
    String status = Integer.toString(answer.statusCode());
    JsonNode described = operation.get().json().path("responses").path(status);
    assertThat(described.isMissingNode()).as("not described: %s", about).isFalse();
    body(method, described, answer, about);
    headers(described, answer, about);
  }

  private void body(String method, JsonNode described, HttpResponse<String> answer, String about) {
    JsonNode content = described.path("content");
    if (content.isMissingNode()) {
      assertThat(answer.body()).as(about).isEmpty();
      return;
    }
    String type = answer.headers().firstValue("Content-Type").orElse("none");
    assertThat(content.has(type)).as("content type %s not described: %s", type, about).isTrue();
    if (method.equals("HEAD")) {
      return;
    }
    JsonNode media = content.path(type);
    valid(media.path("schema").path("$ref").asString(), answer.body(), about);
    if (answer.statusCode() >= 400) {
      String code = JSON.readTree(answer.body()).path("code").asString();
      assertThat(media.path("examples").has(code)).as("code not described: %s", about).isTrue();
    }
  }

  private void headers(JsonNode described, HttpResponse<String> answer, String about) {
    JsonNode headers = described.path("headers");
    for (String name : List.of("ETag", "Location", "Link", "Retry-After", "Allow")) {
      Optional<String> value = answer.headers().firstValue(name);
      assertThat(value.isEmpty() || headers.has(name))
          .as("header %s not described: %s", name, about)
          .isTrue();
      String pattern = resolve(headers.path(name)).path("schema").path("pattern").asString("");
      if (value.isPresent() && !pattern.isEmpty()) {
        assertThat(value.get()).as("header %s: %s", name, about).containsPattern(pattern);
      }
    }
    assertThat(answer.headers().firstValue("X-Request-Id")).as(about).isPresent();
    boolean demandsTag = headers.has("ETag");
    assertThat(!demandsTag || answer.headers().firstValue("ETag").isPresent()).as(about).isTrue();
  }

  /** Fails when {@code json} is not valid against a schema of the description. */
  void valid(String reference, String json, String about) {
    JsonNode read;
    try {
      read = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new AssertionError("no JSON: " + about, e);
    }
    assertThat(errors(reference, read)).as(about).isEmpty();
  }

  /** What is wrong with {@code json} by a schema of the description. */
  List<String> errors(String reference, JsonNode json) {
    return schemas.computeIfAbsent(reference, this::schema).validate(json).stream()
        .map(Object::toString)
        .toList();
  }

  private Schema schema(String reference) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$ref", reference);
    ObjectNode components = root.putObject("components");
    components.set("schemas", closed(document.path("components").path("schemas")));
    return registry.getSchema(root);
  }

  private static JsonNode closed(JsonNode all) {
    JsonNode copy = all.deepCopy();
    for (JsonNode schema : copy) {
      if (schema instanceof ObjectNode object
          && schema.has("properties")
          && !schema.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
    }
    return copy;
  }

  private static final class Holder {
    static final Contract COMMITTED = read();

    private static Contract read() {
      try {
        return new Contract(JSON.readTree(Files.readString(FILE)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

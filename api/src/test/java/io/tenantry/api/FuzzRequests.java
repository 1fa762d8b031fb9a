package io.tenantry.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes requests from the description: most of them nearly right. */
final class FuzzRequests {

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FROB");
  private static final List<String> MEDIA_TYPES =
      List.of("text/plain", "application/xml", "application/json;charset=utf-16", "*/*", "x");
  private static final List<String> TAGS =
      List.of(
          "\"0\"",
          "\"1\"",
          "\"2\"",
          "*",
          "W/\"0\"",
          "0",
          "\"\"",
          "\"a\"",
          "\"0\",\"1\"",
          "\"99999999999\"");
  private static final List<String> TOKENS =
      List.of("none", "Bearer x", "Basic YTpi", "Bearer ", "bearer", "other");

  private final Random random;
  private final FuzzValues values;
  private final List<Contract.Operation> operations;
  private final FuzzIds ids;

  FuzzRequests(Random random, Contract contract, FuzzIds ids) {
    this.random = random;
    this.values = new FuzzValues(random, contract);
    this.contract = contract;
    this.ids = ids;
    this.operations =
        contract.operations().stream().filter(o -> o.path().contains("/v1/")).toList();
  }

  private final Contract contract;

  FuzzRequest next() {
    Contract.Operation operation = operations.get(random.nextInt(operations.size()));
    boolean tenant = operation.path().startsWith("/v1/");
    String method = rarely(25) ? any(METHODS) : operation.method();
    Map<String, String> headers = headers();
    StringBuilder path = new StringBuilder(operation.path());
    List<String> query = new ArrayList<>();
    for (JsonNode reference : operation.json().path("parameters")) {
      JsonNode parameter = contract.resolve(reference);
      String name = parameter.path("name").asString();
      switch (parameter.path("in").asString()) {
        case "path" -> replace(path, name);
        case "query" -> {
          if (random.nextInt(3) == 0) {
            query.add(name + "=" + encoded(queryValue(name, parameter)));
          }
        }
        default -> {
          if (name.startsWith("If-")
              && (rarely(3) || parameter.path("required").asBoolean(false))) {
            headers.put(name, any(TAGS));
          }
        }
      }
    }
    if (rarely(25)) {
      query.add(encoded(values.odd()) + "=" + encoded(values.odd()));
    }
    String all = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    String token = rarely(20) ? any(TOKENS) : tenant ? "acme" : "operator";
    JsonNode content =
        operation.json().path("requestBody").path("content").path("application/json");
    String body = content.isMissingNode() && !rarely(20) ? null : body(content.path("schema"));
    FuzzRequest request =
        new FuzzRequest(
            method, all, wrong(token, tenant), headers, mediaType(), body, FuzzRequest.BY_CLIENT);
    return rarely(100) ? raw(request) : request;
  }

  /** What no HTTP client sends: fewer bytes than it says, and headers of any bytes. */
  private FuzzRequest raw(FuzzRequest request) {
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    if (random.nextBoolean()) {
      headers.put(rarely(4) ? bytes() : "X-Request-Id", bytes());
    }
    return request.raw(random.nextBoolean() ? 0 : 1 + random.nextInt(100), headers);
  }

  private String bytes() {
    StringBuilder bytes = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      bytes.append((char) random.nextInt(256));
    }
    return bytes.toString();
  }

  private String wrong(String token, boolean tenant) {
    return switch (token) {
      case "none" -> "";
      case "other" -> tenant ? "operator" : "acme";
      default -> token;
    };
  }

  private @Nullable String mediaType() {
    return rarely(30) ? (random.nextBoolean() ? null : any(MEDIA_TYPES)) : "application/json";
  }

  private String body(JsonNode schema) {
    int strangeness = random.nextInt(3) * 15;
    JsonNode body = values.of(schema, strangeness);
    return rarely(8) ? values.damaged(body) : body.toString();
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (rarely(20)) {
      headers.put("X-Request-Id", any(List.of("fuzz.1", "a b", "x".repeat(129), "\u00e9", "'")));
    }
    if (rarely(20)) {
      headers.put("Accept", any(List.of("application/json", "text/html", "*/*", "x", "a/b;q=z")));
    }
    if (rarely(10)) {
      headers.put(
          "Idempotency-Key",
          any(List.of("fuzz-" + random.nextInt(), "k".repeat(256), "a b", "k".repeat(255), "x")));
    }
    if (rarely(60)) {
      headers.put(
          any(List.of("X-Tenant-Id", "Tenant", "X-HTTP-Method-Override")), ids.foreign(random));
    }
    if (rarely(60)) {
      headers.put("traceparent", any(List.of("00-x", "00-" + "0".repeat(32) + "-0-0", "")));
    }
    return headers;
  }

  private void replace(StringBuilder path, String name) {
    String value =
        switch (random.nextInt(8)) {
          case 0 -> ids.foreign(random);
          case 1 -> encoded(values.odd());
          case 2 -> "00000000-0000-0000-0000-000000000000";
          default -> ids.own(random, name, path.toString());
        };
    String parameter = "{" + name + "}";
    int at = path.indexOf(parameter);
    path.replace(at, at + parameter.length(), value);
  }

  private String queryValue(String name, JsonNode parameter) {
    if (rarely(5)) {
      return values.odd();
    }
    return name.equals("wait") ? "1ms" : values.of(parameter.path("schema"), 5).asString("x");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private boolean rarely(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}

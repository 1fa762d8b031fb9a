package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.SeenCodes;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back. */
record Answer(HttpResponse<String> response) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  int status() {
    return response.statusCode();
  }

  String body() {
    return response.body();
  }

  JsonNode json() {
    return JSON.readTree(response.body());
  }

  String text(String field) {
    return json().path(field).asString();
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  String demanded(String header) {
    return header(header).orElseThrow();
  }

  /** This status, and the body that the contract wants; gives it back for more. */
  Answer is(int status) {
    assertThat(status()).as(body()).isEqualTo(status);
    return this;
  }

  Answer isProblem(int status, String code) {
    is(status);
    assertThat(header("Content-Type")).hasValue("application/problem+json");
    assertThat(header("Server")).isEmpty();
    JsonNode problem = json();
    assertThat(problem.propertyNames())
        .contains("type", "title", "status", "detail", "code", "hint", "requestId")
        .isSubsetOf("type", "title", "status", "detail", "code", "hint", "requestId", "errors");
    assertThat(problem.path("code").asString()).as(body()).isEqualTo(code);
    assertThat(problem.path("type").asString()).isEqualTo("/problems/" + code);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(header("X-Request-Id")).hasValue(problem.path("requestId").asString());
    SeenCodes.saw(code);
    return this;
  }

  List<String> pointers() {
    List<String> pointers = new ArrayList<>();
    json().path("errors").forEach(error -> pointers.add(error.path("pointer").asString()));
    return pointers;
  }

  /** All that must not tell one answer from another: without the request's id and the time. */
  Map<String, List<String>> comparableHeaders() {
    Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
    headers.remove("x-request-id");
    headers.remove("date");
    return headers;
  }

  String bodyWithout(String... words) {
    String comparable = body().replace(text("requestId"), "REQUEST");
    for (String word : words) {
      comparable = comparable.replace(word, "WORD");
    }
    return comparable;
  }
}

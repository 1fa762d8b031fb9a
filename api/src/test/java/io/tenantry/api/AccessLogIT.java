package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccessLogIT {

  private static final String LOGGER = "io.tenantry.api.access";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static ApiServer api;
  private static CapturedLog log;

  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());

  @BeforeAll
  static void start() {
    api = ApiServer.start("tenantry.http.access-log=true");
    log = CapturedLog.at(Map.of());
    String token = ApiServer.platform().tokens().tenant(ApiServer.platform().acme().id());
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> api.get("/v1/orders").token(token).send().is(200));
  }

  @AfterAll
  static void stop() {
    log.close();
    api.close();
  }

  @Test
  void anAnsweredRequestIsOneLine() {
    Answer answer =
        api.get("/v1/orders?symbol=WORDS").token(acme).header("X-Request-Id", "access-1").send();

    JsonNode line = line("access-1");
    assertThat(line.path("http").path("request").path("method").asString()).isEqualTo("GET");
    assertThat(line.path("http").path("route").asString()).isEqualTo("/v1/orders");
    assertThat(line.path("http").path("response").path("status_code").asInt()).isEqualTo(200);
    assertThat(line.path("http").path("response").path("body").path("bytes").asInt())
        .isEqualTo(answer.body().getBytes(StandardCharsets.UTF_8).length);
    assertThat(line.path("event").path("duration").asLong()).isPositive();
    assertThat(line.path("client").asString()).isEqualTo("somebody");
    assertThat(line.path("tenantId").asString()).isEqualTo(platform.acme().id().toString());
    assertThat(line.path("traceId").asString()).matches("[0-9a-f]{32}");
    assertThat(line.path("service").path("name").asString()).isEqualTo("tenantry-api");
    assertThat(line.has("code")).isFalse();
    assertThat(line.toString()).doesNotContain("WORDS");
  }

  @Test
  void aRefusedRequestCarriesItsCodeAndNoPath() {
    String id = "00000000-0000-7000-8000-000000000000";
    api.get("/v1/orders/" + id).token(acme).header("X-Request-Id", "access-2").send().is(404);
    api.get("/v1/tenant").header("X-Request-Id", "access-3").send().is(401);
    api.get("/made/up").header("X-Request-Id", "access-4").send().is(404);

    JsonNode missing = line("access-2");
    assertThat(missing.path("http").path("route").asString()).isEqualTo("/v1/orders/{id}");
    assertThat(missing.path("code").asString()).isEqualTo("not_found");
    assertThat(missing.toString()).doesNotContain(id);
    JsonNode nobody = line("access-3");
    assertThat(nobody.path("code").asString()).isEqualTo("token_missing");
    assertThat(nobody.path("client").asString()).isEqualTo("-");
    assertThat(line("access-4").toString()).doesNotContain("made");
  }

  @Test
  void aRefusedPostWithAKeyCarriesItsCodeFirstAndReplayed() {
    for (String request : List.of("access-7", "access-8")) {
      api.call("POST", "/v1/orders/00000000-0000-7000-8000-000000000000/cancel")
          .token(acme)
          .header("Idempotency-Key", "access-key")
          .header("X-Request-Id", request)
          .send()
          .is(404);
      assertThat(line(request).path("code").asString()).isEqualTo("not_found");
    }
  }

  @Test
  void aTraceThatTheCallerBeganGoesOn() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    api.get("/v1/tenant")
        .token(acme)
        .header("X-Request-Id", "access-5")
        .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
        .send()
        .is(200);

    assertThat(line("access-5").path("traceId").asString()).isEqualTo(trace);
  }

  @Test
  void whatAsksForHealthAndMetricsIsNotLogged() {
    int before = log.lines(LOGGER).size();
    for (String path : new String[] {"health/liveness", "health/readiness", "prometheus"}) {
      new Call(api.managementPort(), "GET", "/actuator/" + path).send().is(200);
    }

    assertThat(log.lines(LOGGER)).hasSize(before);
  }

  @Test
  void aRequestCannotForgeALine() throws IOException {
    int before = log.lines().size();
    String evil = "x\u001b[2Jx\u0085{\"message\":\"forged\"}";
    for (String head :
        new String[] {
          "GET /v1/tenant HTTP/1.1\r\nX-Request-Id: " + evil,
          "GET /v1/" + evil + " HTTP/1.1\r\nX-Request-Id: forged-2",
          evil + " /v1/tenant HTTP/1.1",
          "GET /v1/orders/%0d%0a%1b%5b2J%0a%7b HTTP/1.1\r\nAuthorization: Bearer " + acme,
          "GET /v1/tenant HTTP/1.1\r\nTraceparent: " + evil,
          "GET /v1/tenant HTTP/1.1\r\nUser-Agent: a\r\n b\rc",
          "GET /v1/tenant?a=%0a%0d HTTP/1.1\r\nAccept: "
              + evil
              + "\r\nAuthorization: Bearer "
              + acme
        }) {
      exchange(head);
    }
    String forgedSubject =
        platform
            .tokens()
            .sign(
                platform.tokens().key(),
                claims ->
                    claims
                        .subject("a\r\n{\"message\":\"forged\"}\u001b[2J")
                        .claim("tenant_id", platform.acme().id().toString())
                        .claim("scope", "tenant:read"));
    api.get("/v1/tenant")
        .token(forgedSubject)
        .header("X-Request-Id", "access-6")
        .send()
        .isProblem(401, "token_invalid");

    assertThat(line("access-6").path("client").asString()).doesNotContain("forged");
    List<String> lines = log.lines().subList(before, log.lines().size());
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.strip().lines()).hasSize(1);
              assertThat(line).doesNotContain("\u001b", "\u0085");
              assertThat(JSON.readTree(line).path("message").asString()).isNotEqualTo("forged");
            });
  }

  @Test
  void theLogIsSwitchedOffByItsSetting() {
    try (ApiServer quiet = ApiServer.start("tenantry.http.access-log=false")) {
      int before = log.lines(LOGGER).size();
      quiet.get("/v1/tenant").send().is(401);

      assertThat(log.lines(LOGGER)).hasSize(before);
    }
  }

  private static JsonNode line(String requestId) {
    // The line is written when the answer is on its way already.
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> log.lines(LOGGER).stream().anyMatch(line -> line.contains(requestId)));
    List<String> found =
        log.lines(LOGGER).stream().filter(line -> line.contains(requestId)).toList();
    assertThat(found).hasSize(1);
    return JSON.readTree(found.getFirst());
  }

  private static void exchange(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write(
              (head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      InputStream answer = socket.getInputStream();
      assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1");
    }
  }
}

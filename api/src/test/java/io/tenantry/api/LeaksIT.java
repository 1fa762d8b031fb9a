package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Whatever happens, with ours at DEBUG and the libraries at INFO, no secret is in the log. */
class LeaksIT {

  private static final Logger LOG = LoggerFactory.getLogger(LeaksIT.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String REPORT_BODY = "the-confidential-conclusion-4711";
  private static final String ORDER_NOTE = "confidential-client-order-0815";
  private static final String GUESSED_SECRET = "a-guessed-secret-1234";

  private static ApiServer api;
  private static CapturedLog log;

  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());

  @BeforeAll
  static void start() {
    api = ApiServer.start("tenantry.pool.connection-timeout=1s");
    log =
        CapturedLog.at(
            Map.of(
                "io.tenantry",
                Level.DEBUG,
                "io.tenantry.testkit",
                Level.INFO,
                Logger.ROOT_LOGGER_NAME,
                Level.INFO));
  }

  @AfterAll
  static void stop() {
    log.close();
    api.close();
  }

  @Test
  void aPlantedSecretIsFound() throws IOException {
    Map<String, String> secrets = secrets();
    assertThat(secrets).hasSizeGreaterThan(8);
    for (String secret : secrets.values()) {
      int before = log.lines().size();
      LOG.info("planted {}", secret, new IllegalStateException("also here: " + secret));

      List<String> planted = log.lines().subList(before, log.lines().size());
      assertThatThrownBy(() -> demandNone(planted, secrets)).isInstanceOf(AssertionError.class);
      demandNone(planted.stream().map(line -> line.replace(secret, "")).toList(), Map.of());
    }
  }

  @Test
  void noSecretIsLoggedWhateverHappens() throws Exception {
    Map<String, String> secrets = secrets();
    secrets.put("token", acme);
    secrets.put("signature of the token", acme.substring(acme.lastIndexOf('.') + 1));
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> api.get("/v1/orders").token(acme).send().is(200));
    int before = log.lines().size();

    secrets.put("issued token", tokens());
    bodies();
    conflicts();
    awkwardHeaders();
    bug();
    databaseAway();

    List<String> lines = log.lines().subList(before, log.lines().size());
    assertThat(lines).hasSizeGreaterThan(10).anyMatch(line -> line.contains("\"ERROR\""));
    demandNone(lines, secrets);
    assertThat(lines).allSatisfy(line -> assertThat(JSON.readTree(line).isObject()).isTrue());
  }

  private String tokens() {
    String form = "grant_type=client_credentials&client_id=acme-desk&client_secret=";
    String basic =
        Base64.getEncoder()
            .encodeToString(("acme-desk:" + ApiServer.SECRET).getBytes(StandardCharsets.UTF_8));
    Answer issued = tokenRequest(form + ApiServer.SECRET.replace(" ", "%20")).send().is(200);
    tokenRequest("grant_type=client_credentials")
        .header("Authorization", "Basic " + basic)
        .send()
        .is(200);
    tokenRequest(form + GUESSED_SECRET).send().is(401);
    tokenRequest(form + GUESSED_SECRET + "&client_secret=" + ApiServer.SECRET.replace(" ", "+"))
        .send();
    tokenRequest("grant_type=password&username=u&password=" + GUESSED_SECRET).send();
    tokenRequest("grant_type=client_credentials")
        .header("Authorization", "Basic " + GUESSED_SECRET)
        .send();
    return issued.text("access_token");
  }

  private static Call tokenRequest(String form) {
    return api.call("POST", "/oauth2/token")
        .body("application/x-www-form-urlencoded", BodyPublishers.ofString(form));
  }

  private void bodies() {
    String order =
        "{\"clientOrderId\":\"%s\",\"symbol\":\"LEAK\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}"
            .formatted(ORDER_NOTE);
    api.post("/v1/orders", order).token(acme).send().is(201);
    api.post("/v1/orders", order.replace("MARKET", "LIMIT")).token(acme).send();
    api.post("/v1/orders", order.substring(0, order.length() - 1)).token(acme).send().is(400);
    api.post("/v1/orders", order.replace("BUY", ORDER_NOTE)).token(acme).send().is(400);
    String report =
        "{\"title\":\"t\",\"summary\":\"s\",\"body\":\"%s\",\"author\":\"a\"}"
            .formatted(REPORT_BODY);
    String place = api.post("/v1/reports", report).token(acme).send().is(201).demanded("Location");
    api.get(place).token(acme).send().is(200);
    api.call("PATCH", place)
        .json("{\"body\":\"" + REPORT_BODY + "\",\"status\":\"" + REPORT_BODY + "\"}")
        .header("If-Match", "\"0\"")
        .token(acme)
        .send()
        .is(400);
    api.post("/v1/reports", report.replace("\"}", "\",")).token(acme).send().is(400);
    api.post("/v1/reports", "{\"" + REPORT_BODY + "\":1}").token(acme).send().is(400);
  }

  private void conflicts() {
    String order =
        "{\"clientOrderId\":\"%s\",\"symbol\":\"LEAK\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}"
            .formatted(ORDER_NOTE);
    api.post("/v1/orders", order).token(acme).send().is(409);
  }

  private void awkwardHeaders() {
    api.get("/v1/tenant").token(acme + "x").send().is(401);
    api.get("/v1/tenant").token(GUESSED_SECRET).send().is(401);
    api.get("/v1/tenant").header("Authorization", "Basic " + GUESSED_SECRET).send().is(401);
    api.get("/v1/tenant?access_token=" + acme).send().is(401);
    api.get("/v1/orders?symbol=" + GUESSED_SECRET).token(acme).send();
    api.get("/v1/orders?cursor=" + GUESSED_SECRET).token(acme).send().is(400);
    api.get("/" + GUESSED_SECRET).send().is(404);
    api.get("/v1/tenant").header("X-Request-Id", GUESSED_SECRET + "!").token(acme).send().is(200);
    api.get("/v1/tenant").header("Cookie", "session=" + GUESSED_SECRET).token(acme).send().is(200);
  }

  /** A table that is not there is nothing anybody expects. */
  private void bug() throws SQLException {
    String orders = "tenant_" + platform.acme().id().hex() + ".desk_orders";
    try (Connection superuser =
            TestPostgres.shared().connectAsSuperuser(platform.address().database());
        Statement statement = superuser.createStatement()) {
      statement.execute("alter table " + orders + " rename column client_order_id to gone");
      try {
        api.post(
                "/v1/orders",
                "{\"clientOrderId\":\"%s-2\",\"symbol\":\"LEAK\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}"
                    .formatted(ORDER_NOTE))
            .token(acme)
            .send()
            .isProblem(500, "internal");
      } finally {
        statement.execute("alter table " + orders + " rename column gone to client_order_id");
      }
    }
  }

  private void databaseAway() {
    TestPostgres postgres = TestPostgres.shared();
    postgres.stop();
    try {
      api.get("/v1/orders").token(acme).send().is(503);
      api.post("/v1/reports", "{\"title\":\"t\",\"body\":\"" + REPORT_BODY + "\"}")
          .token(acme)
          .send();
      tokenRequest(
              "grant_type=client_credentials&client_id=acme-desk&client_secret=" + GUESSED_SECRET)
          .send();
    } finally {
      postgres.start();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> api.get("/v1/orders").token(acme).send().is(200));
  }

  private Map<String, String> secrets() throws IOException {
    Map<String, String> secrets = new TreeMap<>();
    secrets.put("secret of a client", ApiServer.SECRET);
    secrets.put("secret of a client in a form", ApiServer.SECRET.replace(" ", "%20"));
    secrets.put("guessed secret", GUESSED_SECRET);
    secrets.put("body of a report", REPORT_BODY);
    secrets.put("value of an order", ORDER_NOTE);
    DirectoryCredentialSource source = new DirectoryCredentialSource(platform.secrets());
    for (Duty duty : Duty.values()) {
      secrets.put("password for " + duty, source.login(duty).password());
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(platform.secrets())) {
      all.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      for (String line : Files.readString(file).lines().toList()) {
        String value = line.substring(line.indexOf('=') + 1).strip();
        if (value.length() >= 20 && !value.startsWith("-----")) {
          secrets.put("a line of " + file.getFileName() + " " + secrets.size(), value);
        }
      }
    }
    return secrets;
  }

  private static void demandNone(List<String> lines, Map<String, String> secrets) {
    secrets.forEach(
        (what, secret) ->
            assertThat(lines)
                .as(what)
                .allSatisfy(line -> assertThat(line.contains(secret)).as(line).isFalse()));
  }
}

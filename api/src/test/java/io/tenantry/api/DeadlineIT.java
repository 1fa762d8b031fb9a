package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.TestPostgres;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** No request, of whatever path, is waited for much longer than its deadline. */
class DeadlineIT {

  /** Far beyond the deadline of a second, below every other timeout. */
  private static final Duration LONG = Duration.ofSeconds(9);

  private static ApiServer api;

  private final ApiServer.Platform platform = ApiServer.platform();
  private final String operator = platform.tokens().platform();

  @BeforeAll
  static void start() {
    api =
        ApiServer.start(
            "tenantry.http.deadline=1s",
            "tenantry.pool.connection-timeout=60s",
            "tenantry.pool.statement-timeout=60s",
            "tenantry.pool.lock-timeout=60s",
            "tenantry.control.connection-timeout=60s");
    String token = ApiServer.platform().tokens().tenant(ApiServer.platform().acme().id());
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> api.get("/v1/orders").token(token).send().is(200));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void aTenantsRequestEndsWithTheDeadline() throws SQLException {
    String table = "tenant_" + platform.acme().id().hex() + ".desk_orders";
    String token = platform.tokens().tenant(platform.acme().id());
    try (Connection _ = locked(table)) {
      refusedInTime(() -> api.get("/v1/orders").token(token).send(), "deadline_exceeded");
    }
    api.get("/v1/orders").token(token).send().is(200);
  }

  @Test
  void anOperatorsRequestEndsWithTheDeadlineToo() throws SQLException {
    try (Connection _ = locked("tenantry_control.operations")) {
      String path = "/admin/v1/operations/00000000-0000-7000-8000-000000000000";
      refusedInTime(() -> api.get(path).token(operator).send(), "deadline_exceeded");
    }
    api.get("/admin/v1/tenants").token(operator).send().is(200);
  }

  @Test
  void askingForATokenEndsWithTheDeadlineToo() throws SQLException {
    String secret =
        Base64.getEncoder()
            .encodeToString(("acme-desk:" + ApiServer.SECRET).getBytes(StandardCharsets.US_ASCII));
    try (Connection _ = locked("tenantry_control.api_clients")) {
      refusedInTime(
          () ->
              api.call("POST", "/oauth2/token")
                  .header("Authorization", "Basic " + secret)
                  .body(
                      "application/x-www-form-urlencoded",
                      BodyPublishers.ofString("grant_type=client_credentials"))
                  .send(),
          "deadline_exceeded");
    }
  }

  @Test
  void aCallerThatAsksToWaitGetsItsWaitOnTop() {
    String location =
        api.call("PUT", "/admin/v1/tenants/waited-for")
            .json("{}")
            .token(operator)
            .send()
            .is(202)
            .demanded("Location");
    long start = System.nanoTime();
    Answer answer = api.get(location + "?wait=3s").token(operator).send().is(200);
    assertThat(answer.text("state")).isEqualTo("QUEUED");
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(3));
  }

  private static void refusedInTime(Supplier<Answer> request, String code) {
    long start = System.nanoTime();
    Answer answer = request.get().isProblem(503, code);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG);
  }

  /** Nobody can even read the table until what is answered is closed. */
  private Connection locked(String table) throws SQLException {
    Connection blocker = TestPostgres.shared().connectAsSuperuser(platform.address().database());
    blocker.setAutoCommit(false);
    try (Statement statement = blocker.createStatement()) {
      statement.execute("lock table " + table + " in access exclusive mode");
    }
    return blocker;
  }
}

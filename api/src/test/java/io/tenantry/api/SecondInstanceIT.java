package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.Tenant;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Two processes that serve requests from one database, each told where it is by variables. */
@ExtendWith(SecondInstanceIT.Logs.class)
class SecondInstanceIT {

  private static final String ORDER =
      "{\"clientOrderId\":\"%s\",\"symbol\":\"TWO\",\"side\":\"BUY\",\"type\":\"MARKET\","
          + "\"quantity\":\"1\"}";

  private static final ApiServer.Platform PLATFORM = ApiServer.platform();

  private static Instance first;
  private static Instance second;

  @BeforeAll
  static void start() {
    first = Instance.launch(Map.of());
    second = Instance.launch(Map.of());
    first.awaitReady();
    second.awaitReady();
  }

  @AfterAll
  static void stop() {
    first.close();
    second.close();
  }

  /** Nobody's fault is found without what the processes said. */
  static final class Logs implements TestWatcher {
    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
      System.out.println("First instance:\n" + first.output());
      System.out.println("Second instance:\n" + second.output());
    }
  }

  @AfterEach
  void bothAreStillReady() {
    assertThat(first.isReady()).isTrue();
    assertThat(second.isReady()).isTrue();
  }

  @Test
  void aTokenOfOneIsAcceptedByTheOther() {
    String token = first.token("acme-desk");
    assertThat(second.get("/v1/tenant").token(token).send().is(200).text("slug")).isEqualTo("acme");
    assertThat(first.get("/v1/tenant").token(second.token("acme-desk")).send().is(200).body())
        .isEqualTo(second.get("/v1/tenant").token(token).send().body());
  }

  @Test
  void anOrderWrittenByOneIsReadAndChangedByTheOther() {
    String token = first.token("acme-desk");
    Answer written = first.post("/v1/orders", ORDER.formatted("two-a")).token(token).send().is(201);
    String path = written.demanded("Location");

    Answer read = second.get(path).token(token).send().is(200);
    assertThat(read.body()).isEqualTo(written.body());
    assertThat(read.header("ETag")).isEqualTo(written.header("ETag"));
    second
        .post("/v1/orders", ORDER.formatted("two-a"))
        .token(token)
        .send()
        .isProblem(409, "client_order_id_duplicate");

    second.call("POST", path + "/cancel").token(token).send().is(200);
    assertThat(first.get(path).token(token).send().is(200).text("status")).isEqualTo("CANCELLED");
  }

  @Test
  void aTenantSuspendedThroughOneIsRefusedByTheOtherWithinFiveSeconds() {
    Tenant tenant = PLATFORM.provisioner().provisionNow("twofold", "Twofold");
    String token = PLATFORM.tokens().tenant(tenant.id());
    for (Instance one : new Instance[] {first, second}) {
      within5Seconds(one, token, 200);
    }
    suspend(first, true);
    within5Seconds(second, token, 403);
    second.get("/v1/orders").token(token).send().isProblem(403, "tenant_suspended");
    suspend(second, false);
    within5Seconds(first, token, 200);
  }

  private static void suspend(Instance through, boolean suspended) {
    through
        .call("PUT", "/admin/v1/tenants/twofold")
        .json("{\"suspended\":" + suspended + "}")
        .token(PLATFORM.tokens().platform())
        .send()
        .is(200);
  }

  private static void within5Seconds(Instance one, String token, int status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> one.get("/v1/orders").token(token).send().status() == status);
  }

  @Test
  void whenOneIsKilledTheOtherServesOnAndANewOneJoins() {
    String token = first.token("acme-desk");
    String path;
    try (Instance third = Instance.launch(Map.of()).awaitReady()) {
      path =
          third
              .post("/v1/orders", ORDER.formatted("two-killed"))
              .token(token)
              .send()
              .is(201)
              .demanded("Location");
      third.kill();
    }
    assertThat(second.get(path).token(token).send().is(200).text("clientOrderId"))
        .isEqualTo("two-killed");
    first.post("/v1/orders", ORDER.formatted("two-after")).token(token).send().is(201);
  }

  @Test
  void theLogSaysWhichVariableTheDatabaseIsFromAndNoSecret() {
    assertThat(first.output())
        .contains("tenantry.database.name=" + PLATFORM.address().database() + " (DATABASE_URL)")
        .doesNotContain("nothing@")
        .doesNotContain("nobody");
  }
}

package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.Tenant;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
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

  @Test
  void aTenantDeletedThroughOneIsRefusedByTheOtherWithinFiveSeconds() {
    Tenant tenant = PLATFORM.provisioner().provisionNow("twofold-end", "Twofold's end");
    String token = PLATFORM.tokens().tenant(tenant.id());
    for (Instance one : new Instance[] {first, second}) {
      within5Seconds(one, token, 200);
    }
    Answer open =
        first
            .call("PUT", "/admin/v1/tenants/twofold-end")
            .json("{\"deletionProtection\":false}")
            .token(PLATFORM.tokens().platform())
            .send()
            .is(200);
    first
        .call("DELETE", "/admin/v1/tenants/twofold-end")
        .header("If-Match", open.demanded("ETag"))
        .header("Confirm-Tenant", "twofold-end")
        .token(PLATFORM.tokens().platform())
        .send()
        .is(202);
    within5Seconds(second, token, 403);
    second.get("/v1/orders").token(token).send().isProblem(403, "tenant_unknown");
  }

  @Test
  void aPostWithAKeyIsCarriedOutOnceWhicheverGetsIt() {
    String token = first.token("acme-desk");
    String key = UUID.randomUUID().toString();
    String order = ORDER.formatted("two-keyed").replace("TWO", "TWO-KEYED");
    Answer made = keyed(first, order, token, key).is(201);
    Answer again = keyed(second, order, token, key).is(201);

    assertThat(made.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(again.body()).isEqualTo(made.body());
    assertThat(again.header("Location")).isEqualTo(made.header("Location"));
    Answer list = first.get("/v1/orders?symbol=TWO-KEYED").token(token).send().is(200);
    assertThat(list.json().path("items").size()).isEqualTo(1);
    keyed(second, ORDER.formatted("two-keyed-other"), token, key)
        .isProblem(422, "idempotency_key_reused");
    assertThat(keyed(first, order, token, key).is(201).body()).isEqualTo(made.body());
  }

  private static Answer keyed(Instance one, String order, String token, String key) {
    return one.post("/v1/orders", order).token(token).header("Idempotency-Key", key).send();
  }

  @Test
  void aClientRevokedThroughOneIsRefusedByTheOtherWithinFiveSeconds() {
    PLATFORM.client("two-revoked", PLATFORM.acme().id());
    String token = second.token("two-revoked");
    within5Seconds(first, token, 200);
    within5Seconds(second, token, 200);

    first
        .call("DELETE", "/admin/v1/tenants/acme/clients/two-revoked")
        .token(PLATFORM.tokens().platform())
        .send()
        .is(204);

    within5Seconds(second, token, 401);
    within5Seconds(first, token, 401);
    second.get("/v1/orders").token(token).send().isProblem(401, "token_invalid");
    assertThat(second.login("two-revoked").is(401).text("error")).isEqualTo("invalid_client");
    assertThat(first.login("two-revoked").is(401).text("error")).isEqualTo("invalid_client");
  }

  @Test
  void eachInstanceServesALimitOfItsOwnAndBothFeelAChangeWithinFiveSeconds() {
    Tenant tenant = PLATFORM.provisioner().provisionNow("twofold-limits", "Limits");
    String token = PLATFORM.tokens().tenant(tenant.id());
    within5Seconds(first, token, 200);
    within5Seconds(second, token, 200);
    int burst = 30;

    limit(first, 1, burst);
    await5Seconds(() -> burst(second, token) == burst);
    await5Seconds(() -> burst(first, token) == burst);
    int served = 0;
    for (Instance one : new Instance[] {first, second}) {
      int here = servedUntilRefused(one, token);
      // Asking whether the limit is there takes some of it; a second gives one more.
      assertThat(here).isGreaterThan(burst / 2);
      served += here;
    }
    assertThat(served).isGreaterThan(burst);

    limit(second, 1_000, 2_000);
    await5Seconds(() -> burst(first, token) == 2_000);
    await5Seconds(() -> burst(second, token) == 2_000);
    for (int i = 0; i < 2 * burst; i++) {
      first.get("/v1/tenant").token(token).send().is(200);
      second.get("/v1/tenant").token(token).send().is(200);
    }
  }

  /** What the instance says, and keeps to; 0 while it serves nothing. */
  private static int burst(Instance one, String token) {
    Answer answer = one.get("/v1/tenant").token(token).send();
    return answer.json().path("limits").path("burst").asInt(0);
  }

  private static int servedUntilRefused(Instance one, String token) {
    long begun = System.nanoTime();
    int served = 0;
    while (true) {
      Answer answer = one.get("/v1/tenant").token(token).send();
      if (answer.status() != 200) {
        answer.isProblem(429, "rate_limit_exceeded");
        assertThat(answer.header("RateLimit-Policy")).hasValue("\"tenant\";q=30;w=30");
        long seconds = 1 + (System.nanoTime() - begun) / 1_000_000_000L;
        assertThat((long) served).isLessThanOrEqualTo(30 + seconds);
        return served;
      }
      served++;
    }
  }

  private static void limit(Instance through, int requestsPerSecond, int burst) {
    through
        .call("PUT", "/admin/v1/tenants/twofold-limits")
        .json(
            "{\"limits\":{\"requestsPerSecond\":%d,\"burst\":%d,\"maxConnections\":null}}"
                .formatted(requestsPerSecond, burst))
        .token(PLATFORM.tokens().platform())
        .send()
        .is(200);
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
    await5Seconds(() -> one.get("/v1/orders").token(token).send().status() == status);
  }

  private static void await5Seconds(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .pollInterval(Duration.ofMillis(100))
        .until(condition);
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

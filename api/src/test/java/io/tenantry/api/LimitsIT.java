package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.Tenant;
import io.tenantry.control.TenantDirectory;
import io.tenantry.control.TenantLimits;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A tenant at its limit leaves the others alone; told by counts, not by times. */
class LimitsIT {

  private static final int CLIENTS = 64;
  private static final int REQUESTS_EACH = 5;
  private static final int QUIET_REQUESTS = 40;
  private static final String ORDER =
      "{\"symbol\":\"LIMIT\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}";

  private static final Tenant NOISY =
      ApiServer.platform().provisioner().provisionNow("noisy", "Noisy");

  private final ApiServer.Platform platform = ApiServer.platform();
  private final String noisy = platform.tokens().tenant(NOISY.id());
  private final String quiet = platform.tokens().tenant(platform.globex().id());

  @Test
  void aTenantThatHammersIsRefusedAndNobodyElseIs() throws Exception {
    ApiServer api = ApiServer.shared();
    limit(api, 1, 5, 3);
    List<Future<List<Answer>>> hammering = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < CLIENTS; client++) {
        hammering.add(
            clients.submit(
                () -> {
                  List<Answer> answers = new ArrayList<>();
                  for (int i = 0; i < REQUESTS_EACH; i++) {
                    answers.add(api.get("/v1/orders?limit=1").token(noisy).send());
                  }
                  return answers;
                }));
      }
      for (int i = 0; i < QUIET_REQUESTS; i++) {
        Answer answer = api.get("/v1/orders?limit=1").token(quiet).send().is(200);
        assertThat(answer.header("RateLimit")).isEmpty();
      }
    }
    int refused = 0;
    for (Future<List<Answer>> client : hammering) {
      for (Answer answer : client.get()) {
        if (answer.status() != 200) {
          answer.isProblem(429, "rate_limit_exceeded");
          assertThat(answer.header("RateLimit-Policy")).hasValue("\"tenant\";q=5;w=5");
          assertThat(answer.demanded("RateLimit")).startsWith("\"tenant\";r=0;t=");
          assertThat(Integer.parseInt(answer.demanded("Retry-After"))).isBetween(1, 5);
          assertThat(answer.body()).doesNotContain("noisy", NOISY.id().toString());
          refused++;
        }
      }
    }
    // What passed is the burst, and a request for each second that it took.
    assertThat(refused).isGreaterThan(CLIENTS * REQUESTS_EACH / 2);
    limit(api, 1_000, 2_000, 3);
    api.get("/v1/orders?limit=1").token(noisy).send().is(200);
  }

  @Test
  void aTenantThatMayNotBeServedIsToldSoAndNotThatItIsTooFast() {
    ApiServer api = ApiServer.shared();
    Answer unknown =
        api.get("/v1/orders")
            .token(platform.tokens().tenant(new TenantId(UUID.randomUUID())))
            .send()
            .isProblem(403, "tenant_unknown");
    assertThat(unknown.header("RateLimit-Policy")).isEmpty();
  }

  @Test
  void aTenantWhoseConnectionsAreAllHeldWaitsForItsOwnAndNotForThePool() throws Exception {
    try (ApiServer api =
            ApiServer.start(
                "tenantry.pool.size=3",
                "tenantry.pool.connection-timeout=700ms",
                "tenantry.pool.lock-timeout=30s",
                "tenantry.http.deadline=30s");
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
        Connection blocker =
            TestPostgres.shared().connectAsSuperuser(platform.address().database());
        Statement statement = blocker.createStatement()) {
      limit(api, 1_000, 2_000, 1);
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> api.get("/v1/orders").token(noisy).send().is(200));
      String path = api.post("/v1/orders", ORDER).token(noisy).send().is(201).demanded("Location");
      blocker.setAutoCommit(false);
      statement.execute("lock table tenant_" + NOISY.id().hex() + ".desk_orders in exclusive mode");
      Future<Answer> holder =
          others.submit(() -> api.call("POST", path + "/cancel").token(noisy).send());
      Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> waitsForALock(statement));

      List<Future<Answer>> refused = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        refused.add(others.submit(() -> api.get("/v1/orders").token(noisy).send()));
      }
      for (int i = 0; i < QUIET_REQUESTS; i++) {
        api.get("/v1/orders?limit=1").token(quiet).send().is(200);
      }
      for (Future<Answer> each : refused) {
        Answer answer = each.get().isProblem(429, "connection_limit_exceeded");
        assertThat(answer.header("Retry-After")).hasValue("1");
        assertThat(answer.header("RateLimit-Policy"))
            .hasValue("\"connections\";q=1;qu=\"concurrent-requests\"");
        assertThat(answer.header("RateLimit")).hasValue("\"connections\";r=0;t=1");
      }

      blocker.rollback();
      holder.get().is(200);
      api.get("/v1/orders").token(noisy).send().is(200);
    }
  }

  private void limit(ApiServer api, int requestsPerSecond, int burst, int maxConnections) {
    api.call("PUT", "/admin/v1/tenants/noisy")
        .json(
            "{\"limits\":{\"requestsPerSecond\":%d,\"burst\":%d,\"maxConnections\":%d}}"
                .formatted(requestsPerSecond, burst, maxConnections))
        .token(platform.tokens().platform())
        .send()
        .is(200);
    TenantDirectory directory = api.bean(TenantDirectory.class);
    TenantLimits wanted = new TenantLimits(requestsPerSecond, burst, maxConnections);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                directory.find(NOISY.id()).map(Tenant::limits).filter(wanted::equals).isPresent());
  }

  private static boolean waitsForALock(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "select from pg_locks l join pg_stat_activity a using (pid)"
                + " where not l.granted and a.datname = current_database()")) {
      return rows.next();
    }
  }
}

package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AvailabilityIT {

  private static final String ORDER =
      "{\"clientOrderId\":\"%s\",\"symbol\":\"AWAY\",\"side\":\"BUY\",\"type\":\"MARKET\","
          + "\"quantity\":\"1\"}";

  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());

  @Test
  void aProcessIsAliveWithoutADatabaseAndReadyOnlyWithOne() {
    try (ApiServer away = ApiServer.start("tenantry.database.port=1")) {
      management(away, "/actuator/health/liveness").is(200);
      assertThat(management(away, "/actuator/health/readiness").is(503).text("status"))
          .isEqualTo("DOWN");
      Answer unread =
          away.get("/v1/tenant").token(acme).send().isProblem(503, "database_unavailable");
      assertThat(unread.header("Retry-After")).isPresent();
      Answer refused =
          away.get("/admin/v1/tenants")
              .token(platform.tokens().platform())
              .send()
              .isProblem(503, "database_unavailable");
      assertThat(refused.header("Retry-After")).isPresent();
      assertThat(refused.body()).doesNotContain("127.0.0.1", "refused");
    }
    ApiServer api = ApiServer.shared();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> management(api, "/actuator/health/readiness").is(200));
  }

  @Test
  void anInstanceThatStopsEndsTheWaitingOfItsCallers() throws Exception {
    String operator = platform.tokens().platform();
    ApiServer stopping = ApiServer.start();
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      String location =
          stopping
              .call("PUT", "/admin/v1/tenants/never-made")
              .json("{}")
              .token(operator)
              .send()
              .is(202)
              .demanded("Location");
      Future<Answer> waiting =
          others.submit(() -> stopping.get(location + "?wait=60s").token(operator).send());
      Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
      assertThat(waiting.isDone()).isFalse();

      stopping.close();

      assertThat(waiting.get(10, TimeUnit.SECONDS).is(200).text("state")).isEqualTo("QUEUED");
    } finally {
      stopping.close();
    }
  }

  @Test
  void anInstanceThatStopsSendsNewRequestsElsewhere() {
    try (ApiServer stopping = ApiServer.start()) {
      stopping.beginStop();
      Answer refused =
          stopping.get("/v1/tenant").token(acme).send().isProblem(503, "shutting_down");
      assertThat(refused.header("Retry-After")).isPresent();
    }
  }

  @Test
  void theManagementPortShowsNothingElse() {
    ApiServer api = ApiServer.shared();
    for (String path :
        new String[] {"env", "beans", "heapdump", "loggers", "metrics", "shutdown"}) {
      management(api, "/actuator/" + path).is(404);
    }
    management(api, "/actuator").is(404);
    assertThat(
            management(api, "/actuator/health").is(200).json().path("components").isMissingNode())
        .isTrue();
    api.get("/actuator/health").send().isProblem(404, "not_found");
  }

  @Test
  void aFullPoolIsAnsweredAndNotWaitedForWithoutEnd() throws Exception {
    try (ApiServer small =
            ApiServer.start("tenantry.pool.size=1", "tenantry.pool.connection-timeout=500ms");
        ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
        Connection blocker =
            TestPostgres.shared().connectAsSuperuser(platform.address().database());
        Statement statement = blocker.createStatement()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> small.get("/v1/orders").token(acme).send().is(200));
      String path =
          small
              .post("/v1/orders", ORDER.formatted("pool"))
              .token(acme)
              .send()
              .is(201)
              .demanded("Location");
      blocker.setAutoCommit(false);
      statement.execute(
          "lock table tenant_" + platform.acme().id().hex() + ".desk_orders in exclusive mode");
      Future<Answer> holder =
          others.submit(() -> small.call("POST", path + "/cancel").token(acme).send());
      Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> waitsForALock(statement));

      Answer refused = small.get("/v1/orders").token(acme).send().isProblem(503, "pool_exhausted");

      assertThat(refused.header("Retry-After")).isPresent();
      blocker.rollback();
      assertThat(holder.get().status()).isIn(200, 409);
      small.get("/v1/orders").token(acme).send().is(200);
    }
  }

  @Test
  void whileTheDatabaseIsAwayRequestsAreRefusedAndNothingIsHalfWritten() throws Exception {
    TestPostgres postgres = TestPostgres.shared();
    ApiServer api = ApiServer.shared();
    AtomicBoolean running = new AtomicBoolean(true);
    List<Future<List<Outcome>>> workers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int worker = 0; worker < 4; worker++) {
        String prefix = "away-" + worker + "-";
        workers.add(executor.submit(() -> work(api, prefix, running)));
      }
      try {
        takeAwayAndBringBack(postgres, api);
      } finally {
        // Whatever came before: the executor waits for them.
        running.set(false);
      }
      verify(api, workers);
    }
  }

  private void takeAwayAndBringBack(TestPostgres postgres, ApiServer api) {
    try {
      Awaitility.await().pollDelay(Duration.ofMillis(500)).until(() -> true);
      postgres.stop();
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> management(api, "/actuator/health/readiness").is(503));
      Answer refused = api.get("/v1/orders").token(acme).send();
      refused.isProblem(503, "database_unavailable");
      assertThat(refused.header("Retry-After")).isPresent();
      management(api, "/actuator/health/liveness").is(200);
      // The directory in memory still knows the tenant.
      api.get("/v1/tenant").token(acme).send().is(200);
    } finally {
      postgres.start();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> api.get("/v1/orders").token(acme).send().is(200));
  }

  private void verify(ApiServer api, List<Future<List<Outcome>>> workers)
      throws ExecutionException, InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Future<List<Outcome>> worker : workers) {
      outcomes.addAll(worker.get());
    }
    // A commit whose answer was lost may have happened; one that was answered has.
    Set<String> missing = new TreeSet<>();
    for (Outcome outcome : outcomes) {
      if (outcome.status() == 201) {
        missing.add(outcome.id());
      } else {
        assertThat(outcome.status()).as(outcome.body()).isEqualTo(503);
        assertThat(outcome.retryAfter()).isTrue();
      }
    }
    missing.removeAll(stored(api));
    assertThat(missing).isEmpty();
    assertThat(outcomes).anyMatch(outcome -> outcome.status() == 503);
    api.post("/v1/orders", ORDER.formatted("away-and-back")).token(acme).send().is(201);
  }

  private List<Outcome> work(ApiServer api, String prefix, AtomicBoolean running) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; running.get(); i++) {
      String id = prefix + i;
      Answer answer = api.post("/v1/orders", ORDER.formatted(id)).token(acme).send();
      outcomes.add(
          new Outcome(
              id, answer.status(), answer.body(), answer.header("Retry-After").isPresent()));
    }
    return outcomes;
  }

  private Set<String> stored(ApiServer api) {
    Set<String> ids = new TreeSet<>();
    String next = "/v1/orders?symbol=AWAY&limit=200";
    while (!next.isEmpty()) {
      Answer page = api.get(next).token(acme).send().is(200);
      page.json().path("items").forEach(o -> ids.add(o.path("clientOrderId").asString()));
      next = page.header("Link").map(l -> l.replaceAll("<(.*)>; rel=\"next\"", "$1")).orElse("");
    }
    return ids;
  }

  private static boolean waitsForALock(Statement statement) throws SQLException {
    try (var rows =
        statement.executeQuery(
            "select from pg_locks l join pg_stat_activity a using (pid)"
                + " where not l.granted and a.datname = current_database()")) {
      return rows.next();
    }
  }

  private static Answer management(ApiServer server, String path) {
    return new Call(server.managementPort(), "GET", path).send();
  }

  private record Outcome(String id, int status, String body, boolean retryAfter) {}
}

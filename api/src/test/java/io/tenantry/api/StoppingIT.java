package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class StoppingIT {

  private static final String ORDER =
      "{\"symbol\":\"STOP\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}";

  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());

  @Test
  void anInstanceThatStopsRefusesWhatIsNewAndFinishesWhatRuns() throws Exception {
    ApiServer stopping = ApiServer.start("tenantry.http.drain=10s", "tenantry.http.deadline=1m");
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor();
        Connection blocker =
            TestPostgres.shared().connectAsSuperuser(platform.address().database());
        Statement statement = blocker.createStatement()) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> stopping.get("/v1/orders").token(acme).send().is(200));
      String order =
          stopping.post("/v1/orders", ORDER).token(acme).send().is(201).demanded("Location");
      blocker.setAutoCommit(false);
      statement.execute(
          "lock table tenant_" + platform.acme().id().hex() + ".desk_orders in exclusive mode");
      Future<Answer> running =
          others.submit(() -> stopping.call("POST", order + "/cancel").token(acme).send());
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> waitsForALock(statement));

      Future<?> stop = others.submit(stopping::close);

      Awaitility.await()
          .atMost(Duration.ofSeconds(9))
          .until(() -> stopping.get("/v1/tenant").token(acme).send().status() == 503);
      Answer refused =
          stopping.get("/v1/tenant").token(acme).send().isProblem(503, "shutting_down");
      assertThat(refused.header("Retry-After")).isPresent();
      assertThat(running.isDone()).isFalse();
      blocker.rollback();
      running.get(20, TimeUnit.SECONDS).is(200);
      stop.get(40, TimeUnit.SECONDS);
    } finally {
      stopping.close();
    }
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

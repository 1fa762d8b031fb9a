package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.Tenant;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Lists that are walked while others write: 10,000 rows, many of them of one moment. */
class PagingIT {

  private static final int ROWS = 10_000;
  private static final String ORDER =
      "{\"symbol\":\"WALK\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}";
  private static final String REPORT = "{\"title\":\"new\",\"body\":\"b\"}";

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final Tenant tenant = platform.provisioner().provisionNow("walkers", "Walkers");
  private final Tenant neighbour = platform.provisioner().provisionNow("walked-by", "Walked by");
  private final String token = platform.tokens().tenant(tenant.id());

  @Test
  void aWalkThroughOrdersSeesEachOldOneOnceWhileOthersPlaceAndCancel() throws Exception {
    String table = TenantNames.schema(tenant.id()) + ".desk_orders";
    // Ten rows of each moment: where a page ends among equals, only the id tells them apart.
    List<String> old =
        plant(
            tenant,
            "insert into "
                + table
                + " (tenant_id, id, symbol, side, order_type, quantity, time_in_force, status,"
                + " placed_at, updated_at, version)"
                + " select ?, gen_random_uuid(), 'WALK', 'BUY', 'MARKET', 1, 'GTC', 'NEW', t, t, 0"
                + " from generate_series(1, ?) n,"
                + " lateral (select now() - interval '1 hour' - (n / 10) * interval '1 ms' as t) m"
                + " returning id");

    List<String> walked =
        walkedWhile(
            "/v1/orders?symbol=WALK&limit=200",
            round -> {
              api.post("/v1/orders", ORDER).token(token).send().is(201);
              String some = old.get(Math.floorMod(round * 7919, ROWS));
              Answer cancelled =
                  api.call("POST", "/v1/orders/" + some + "/cancel").token(token).send();
              assertThat(cancelled.status()).as(cancelled.body()).isIn(200, 409);
            });

    assertEachOnce(walked, old);
  }

  @Test
  void aWalkThroughReportsSeesEachRemainingOneOnceWhileOthersFileAndDelete() throws Exception {
    String insert =
        "insert into tenantry_api.research_reports"
            + " (tenant_id, id, title, body, created_at, updated_at)"
            + " select ?, gen_random_uuid(), 'old', 'b', t, t from generate_series(1, ?) n,"
            + " lateral (select now() - interval '1 hour' - (n / 10) * interval '1 ms' as t) m"
            + " returning id";
    List<String> old = plant(tenant, insert);
    Set<String> foreign = new TreeSet<>(plant(neighbour, insert));
    Set<String> deleted = new TreeSet<>();

    List<String> walked =
        walkedWhile(
            "/v1/reports?limit=200",
            round -> {
              api.post("/v1/reports", REPORT).token(token).send().is(201);
              String some = old.get(Math.floorMod(round * 7919, ROWS));
              Answer gone =
                  api.call("DELETE", "/v1/reports/" + some)
                      .header("If-Match", "\"0\"")
                      .token(token)
                      .send();
              assertThat(gone.status()).as(gone.body()).isIn(204, 404);
              synchronized (deleted) {
                deleted.add(some);
              }
            });

    List<String> remaining = new ArrayList<>(old);
    remaining.removeAll(deleted);
    assertThat(deleted).isNotEmpty();
    assertEachOnce(walked, remaining);
    assertThat(walked).doesNotContainAnyElementsOf(foreign);
  }

  private void assertEachOnce(List<String> walked, List<String> old) {
    assertThat(walked).doesNotHaveDuplicates();
    Set<String> missing = new TreeSet<>(old);
    walked.forEach(missing::remove);
    assertThat(missing).isEmpty();
  }

  /** Walks the list to its end while two others write without a pause. */
  private List<String> walkedWhile(String path, Writing writing)
      throws ExecutionException, InterruptedException {
    AtomicBoolean walking = new AtomicBoolean(true);
    List<Future<Integer>> writers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<String> walked;
      try {
        for (int writer = 0; writer < 2; writer++) {
          int first = writer;
          writers.add(
              executor.submit(
                  () -> {
                    int round = first;
                    for (; walking.get(); round += 2) {
                      writing.once(round);
                    }
                    return round / 2;
                  }));
        }
        walked = walk(path);
      } finally {
        walking.set(false);
      }
      for (Future<Integer> writer : writers) {
        assertThat(writer.get()).as("writes beside the walk").isPositive();
      }
      return walked;
    }
  }

  private List<String> walk(String first) {
    List<String> ids = new ArrayList<>();
    String next = first;
    while (!next.isEmpty()) {
      Answer page = api.get(next).token(token).send().is(200);
      page.json().path("items").forEach(item -> ids.add(item.path("id").asString()));
      next =
          page.header("Link").map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1")).orElse("");
    }
    return ids;
  }

  private List<String> plant(Tenant owner, String insert) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (Connection superuser =
            TestPostgres.shared().connectAsSuperuser(platform.address().database());
        PreparedStatement statement = superuser.prepareStatement(insert);
        Statement analyze = superuser.createStatement()) {
      statement.setObject(1, owner.id().value());
      statement.setInt(2, ROWS);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getObject(1, UUID.class).toString());
        }
      }
      analyze.execute("analyze tenantry_api.research_reports");
    }
    return ids;
  }

  /** One thing that somebody else does meanwhile. */
  private interface Writing {
    void once(int round);
  }
}

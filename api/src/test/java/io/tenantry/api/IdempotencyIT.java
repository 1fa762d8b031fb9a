package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantry.fixture.SecretController;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyIT {

  private static final ApiServer.Platform PLATFORM = ApiServer.platform();
  private static final String REPLAYED = "Idempotency-Replayed";

  private static TenantId tenant;
  private static TenantId neighbour;
  private static String token;

  /** Waits for locks as long as it may, so that only the key's own 100 ms can end a wait early. */
  private static ApiServer other;

  private final ApiServer api = ApiServer.shared();

  @BeforeAll
  static void start() {
    tenant = PLATFORM.provisioner().provisionNow("keys-a", "Keys A").id();
    neighbour = PLATFORM.provisioner().provisionNow("keys-b", "Keys B").id();
    token = PLATFORM.tokens().tenant(tenant);
    other =
        ApiServer.start(
            List.of(SecretController.class),
            "tenantry.pool.lock-timeout=60s",
            "tenantry.idempotency.sweep-interval=1s");
    for (ApiServer server : List.of(ApiServer.shared(), other)) {
      for (TenantId id : List.of(tenant, neighbour)) {
        await()
            .untilAsserted(
                () -> server.get("/v1/tenant").token(PLATFORM.tokens().tenant(id)).send().is(200));
      }
    }
  }

  @AfterAll
  static void stop() {
    other.close();
  }

  @Test
  void equalPostsAtOnceMakeOneOrder() throws Exception {
    String key = key();
    String symbol = symbol();
    int posts = 32;
    CyclicBarrier together = new CyclicBarrier(posts);
    List<Future<Answer>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(posts)) {
      for (int i = 0; i < posts; i++) {
        ApiServer server = i % 2 == 0 ? api : other;
        answers.add(
            callers.submit(
                () -> {
                  together.await();
                  return place(server, key, symbol).send();
                }));
      }
    }

    int first = 0;
    for (Future<Answer> future : answers) {
      Answer answer = future.get();
      if (answer.status() == 409) {
        answer.isProblem(409, "idempotency_in_progress");
      } else {
        answer.is(201);
        first += answer.header(REPLAYED).isEmpty() ? 1 : 0;
      }
    }
    assertThat(first).isEqualTo(1);
    assertThat(orders(symbol)).isEqualTo(1);
    for (int i = 0; i < posts; i++) {
      assertThat(place(api, key, symbol).send().is(201).header(REPLAYED)).hasValue("true");
    }
    assertThat(orders(symbol)).isEqualTo(1);
  }

  @Test
  void aReplayIsTheSameAnswerAtEveryInstance() {
    String key = key();
    String symbol = symbol();
    Answer first = place(api, key, symbol).header("X-Request-Id", "first").send().is(201);
    Answer again = place(other, key, symbol).header("X-Request-Id", "second").send().is(201);

    assertThat(first.header(REPLAYED)).isEmpty();
    assertThat(again.header(REPLAYED)).hasValue("true");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("X-Request-Id")).hasValue("second");
    var headers = again.comparableHeaders();
    headers.remove("idempotency-replayed");
    assertThat(headers).isEqualTo(first.comparableHeaders());
    assertThat(again.header("Location")).hasValue("/v1/orders/" + first.text("id"));
    assertThat(again.header("ETag")).hasValue("\"0\"");
    Answer without = api.post("/v1/orders", order(symbol())).token(token).send().is(201);
    // The stored bytes are counted; without a key they are sent in chunks.
    assertThat(first.comparableHeaders().keySet())
        .containsAll(
            without.comparableHeaders().keySet().stream()
                .filter(h -> !h.equals("transfer-encoding"))
                .toList());
    assertThat(first.header("Content-Type")).isEqualTo(without.header("Content-Type"));
  }

  @Test
  void aPostWithoutABodyIsReplayedToo() {
    String order = place(api, key(), symbol()).send().is(201).text("id");
    String key = key();
    String path = "/v1/orders/" + order + "/cancel";

    Answer first = keyed(api.call("POST", path), key).send().is(200);
    Answer again = keyed(api.call("POST", path), key).send().is(200);

    assertThat(first.text("status")).isEqualTo("CANCELLED");
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header(REPLAYED)).hasValue("true");
  }

  @Test
  void aKeyStandsForOneRequest() {
    String key = key();
    String symbol = symbol();
    Answer placed = place(api, key, symbol).send().is(201);

    place(api, key, symbol()).send().isProblem(422, "idempotency_key_reused");
    keyed(api.post("/v1/reports", "{\"title\":\"T\",\"body\":\"B\"}"), key)
        .send()
        .isProblem(422, "idempotency_key_reused");
    keyed(api.post("/v1/orders?x=1", order(symbol)), key)
        .send()
        .isProblem(422, "idempotency_key_reused");
    keyed(api.call("POST", "/v1/orders/" + placed.text("id") + "/cancel"), key)
        .send()
        .isProblem(422, "idempotency_key_reused");
    assertThat(place(api, key, symbol).send().is(201).header(REPLAYED)).hasValue("true");
  }

  @Test
  void aKeyBelongsToItsTenant() {
    String key = key();
    String symbol = symbol();
    Answer mine = place(api, key, symbol).send().is(201);

    Answer theirs =
        api.post("/v1/orders", order(symbol))
            .token(PLATFORM.tokens().tenant(neighbour))
            .header("Idempotency-Key", key)
            .send()
            .is(201);

    assertThat(theirs.header(REPLAYED)).isEmpty();
    assertThat(theirs.text("id")).isNotEqualTo(mine.text("id"));
  }

  @Test
  void aRefusalStaysOneWhenItsCauseHasGone() throws SQLException {
    String body = order(symbol()).replace("{", "{\"clientOrderId\":\"" + UUID.randomUUID() + "\",");
    String taken = api.post("/v1/orders", body).token(token).send().is(201).text("id");
    String key = key();
    Answer refused = keyed(api.post("/v1/orders", body), key).send();
    refused.isProblem(409, "client_order_id_duplicate");
    execute("delete from %s.desk_orders where id = '%s'".formatted(schema(), taken));

    Answer again = keyed(other.post("/v1/orders", body), key).send().is(409);

    assertThat(again.body()).isEqualTo(refused.body());
    assertThat(again.header("Content-Type")).hasValue("application/problem+json");
    assertThat(again.header(REPLAYED)).hasValue("true");
    keyed(api.post("/v1/orders", body), key()).send().is(201);
  }

  @Test
  void whatIsUnreadableOrNotAllowedIsNotKept() {
    String key = key();
    String symbol = symbol();
    keyed(api.post("/v1/orders", "{"), key).send().isProblem(400, "json_invalid");
    keyed(api.post("/v1/nothing", "{}"), key).send().isProblem(404, "not_found");
    api.post("/v1/orders", order(symbol))
        .header("Idempotency-Key", key)
        .send()
        .isProblem(401, "token_missing");
    api.post("/v1/orders", order(symbol))
        .token(PLATFORM.tokens().tenant(tenant, "tenant:read"))
        .header("Idempotency-Key", key)
        .send()
        .isProblem(403, "scope_missing");

    assertThat(place(api, key, symbol).send().is(201).header(REPLAYED)).isEmpty();
    api.post("/v1/orders", order(symbol))
        .token(PLATFORM.tokens().tenant(tenant, "tenant:read"))
        .header("Idempotency-Key", key)
        .send()
        .isProblem(403, "scope_missing");
  }

  @Test
  void anUncommittedTwinIsNotWaitedFor() throws SQLException {
    String key = key();
    String symbol = symbol();
    try (Connection twin = superuser()) {
      twin.setAutoCommit(false);
      execute(
          twin,
          "insert into %s.api_idempotency_keys (tenant_id, key, request_hash) values ('%s', '%s', decode(repeat('00', 32), 'hex'))"
              .formatted(schema(), tenant, key));
      // Without a time limit of its own it would wait until the deadline: 503 deadline_exceeded.
      Answer refused = place(other, key, symbol).send();
      refused.isProblem(409, "idempotency_in_progress");
      assertThat(refused.header("Retry-After")).hasValue("1");
      twin.rollback();
    }
    assertThat(place(other, key, symbol).send().is(201).header(REPLAYED)).isEmpty();
  }

  @Test
  void otherLocksAreWaitedForAsUsual() throws Exception {
    String id = UUID.randomUUID().toString();
    String body = order(symbol()).replace("{", "{\"clientOrderId\":\"" + id + "\",");
    try (Connection holder = superuser();
        ExecutorService caller = Executors.newSingleThreadExecutor()) {
      holder.setAutoCommit(false);
      execute(
          holder,
          "insert into %s.desk_orders (tenant_id, id, client_order_id, symbol, side, order_type, quantity) values ('%s', '%s', '%s', 'X', 'BUY', 'MARKET', 1)"
              .formatted(schema(), tenant, id, id));
      Future<Answer> answer =
          caller.submit(() -> keyed(other.post("/v1/orders", body), key()).send());
      await()
          .until(
              () ->
                  count(
                          "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                              + " and query like 'insert into %desk_orders%'"
                              + " and clock_timestamp() - query_start > interval '400 ms'")
                      == 1);
      holder.rollback();
      answer.get().is(201);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "LONG"})
  void aKeyThatIsNoneIsRefused(String key) {
    String sent = key.equals("LONG") ? "k".repeat(256) : key;
    place(api, sent, symbol()).send().isProblem(400, "idempotency_key_invalid");
  }

  @Test
  void aKeyComesOnceAndWithPostAlone() {
    place(api, key(), symbol())
        .header("Idempotency-Key", key())
        .send()
        .isProblem(400, "idempotency_key_invalid");
    keyed(api.get("/v1/orders"), key()).send().isProblem(400, "idempotency_key_invalid");
    api.get("/admin/v1/tenants")
        .token(PLATFORM.tokens().platform())
        .header("Idempotency-Key", key())
        .send()
        .isProblem(400, "idempotency_key_invalid");
    place(api, "!".repeat(255), symbol()).send().is(201);
  }

  @Test
  void aCommitThatFailsLeavesNothing() throws SQLException {
    String key = key();
    String symbol = symbol();
    execute(
        """
        create function public.fail_at_commit() returns trigger language plpgsql
        as $$ begin raise exception 'not today' using errcode = 'P0001'; end $$
        """);
    execute(
        "create constraint trigger fail_at_commit after insert on %s.desk_orders deferrable initially deferred for each row execute function public.fail_at_commit()"
            .formatted(schema()));
    try {
      place(api, key, symbol).send().isProblem(500, "internal");
    } finally {
      execute("drop function public.fail_at_commit() cascade");
    }
    assertThat(keys(key)).isZero();
    assertThat(place(api, key, symbol).send().is(201).header(REPLAYED)).isEmpty();
    assertThat(orders(symbol)).isEqualTo(1);
  }

  @Test
  void anExpiredKeyIsANewOneAndIsDeletedInEveryTenantThatCanBeReached() throws SQLException {
    String reused = key();
    Answer old = place(api, reused, symbol()).send().is(201);
    age();
    assertThat(place(api, reused, symbol()).send().is(201).text("id")).isNotEqualTo(old.text("id"));

    String gone = key();
    place(api, gone, symbol()).send().is(201);
    keyedAdmin("gone-" + gone, gone, "made").send().is(201);
    String broken = TenantNames.schema(neighbour) + ".api_idempotency_keys";
    execute("alter table " + broken + " rename to away");
    try {
      age();
      execute(
          "update tenantry_control.idempotency_keys set created_at = now() - interval '25 hours'");
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                assertThat(keys(gone)).isZero();
                assertThat(
                        count(
                            "select count(*) from tenantry_control.idempotency_keys where key = '%s'"
                                .formatted(gone)))
                    .isZero();
              });
    } finally {
      execute(
          "alter table " + TenantNames.schema(neighbour) + ".away rename to api_idempotency_keys");
    }
  }

  @Test
  void expiredKeysOfASuspendedTenantAreDeletedToo() throws SQLException {
    TenantId suspended = PLATFORM.provisioner().provisionNow("keys-c", "Keys C").id();
    String its = PLATFORM.tokens().tenant(suspended);
    await().untilAsserted(() -> other.get("/v1/tenant").token(its).send().is(200));
    String key = key();
    other
        .post("/v1/orders", order(symbol()))
        .token(its)
        .header("Idempotency-Key", key)
        .send()
        .is(201);
    other
        .call("PUT", "/admin/v1/tenants/keys-c")
        .json("{\"suspended\":true}")
        .token(PLATFORM.tokens().platform())
        .send()
        .is(200);
    await()
        .untilAsserted(
            () -> other.get("/v1/tenant").token(its).send().isProblem(403, "tenant_suspended"));
    String rows = TenantNames.schema(suspended) + ".api_idempotency_keys";
    assertThat(count("select count(*) from " + rows)).isEqualTo(1);

    execute("update " + rows + " set created_at = created_at - interval '25 hours'");

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(count("select count(*) from " + rows)).isZero());
  }

  @Test
  void aPlatformRequestIsCarriedOutOnceAndItsSecretShownOnce() throws SQLException {
    String key = key();
    String id = "client-" + key;
    Answer first = keyedAdmin(id, key, "made").send().is(201);
    Answer again = keyedAdmin(id, key, "made").send().is(201);

    assertThat(first.text("secret")).hasSize(36);
    assertThat(again.header(REPLAYED)).hasValue("true");
    assertThat(again.json().path("secret").isNull()).isTrue();
    assertThat(again.text("clientId")).isEqualTo(id);
    assertThat(
            count(
                "select count(*) from tenantry_control.idempotency_keys where key = '%s' and convert_from(body, 'UTF8') like '%%%s%%'"
                    .formatted(key, first.text("secret"))))
        .isZero();
    keyedAdmin("another-" + key, key, "made").send().isProblem(422, "idempotency_key_reused");
    keyedAdmin(id, key(), "made").send().isProblem(409, "client_exists");
  }

  @Test
  void aPlatformRequestThatFailsLeavesNoHalfOfItself() throws SQLException {
    for (String outcome : List.of("refused", "broken", "caught")) {
      String key = key();
      String id = outcome + "-" + key;
      Answer failed = keyedAdmin(id, key, outcome).send();
      if (outcome.equals("refused")) {
        failed.isProblem(409, "client_revoked");
        assertThat(keyedAdmin(id, key, outcome).send().is(409).body()).isEqualTo(failed.body());
      } else {
        failed.isProblem(500, "internal");
        assertThat(
                count(
                    "select count(*) from tenantry_control.idempotency_keys where key = '%s'"
                        .formatted(key)))
            .isZero();
      }
      assertThat(
              count(
                  "select count(*) from tenantry_control.api_clients where client_id = '%s'"
                      .formatted(id)))
          .as(outcome)
          .isZero();
    }
  }

  @Test
  void aCrashBetweenCommitAndAnswerDoesNotWriteTwice(@TempDir Path folder) throws Exception {
    String key = key();
    String symbol = symbol();
    CrashedPost.send(
        folder,
        port -> new Call(port, "GET", "/v1/tenant").token(token),
        port -> keyed(new Call(port, "POST", "/v1/orders").json(order(symbol)), key));

    assertThat(orders(symbol)).isEqualTo(1);
    Answer again = place(api, key, symbol).send().is(201);
    assertThat(again.header(REPLAYED)).hasValue("true");
    assertThat(orders(symbol)).isEqualTo(1);
    api.get(again.demanded("Location")).token(token).send().is(200);
  }

  private static Call place(ApiServer server, String key, String symbol) {
    return keyed(server.post("/v1/orders", order(symbol)), key);
  }

  private static Call keyed(Call call, String key) {
    return call.token(token).header("Idempotency-Key", key);
  }

  private static Call keyedAdmin(String id, String key, String outcome) {
    return other
        .call("POST", "/admin/v1/test-clients/" + id + "/" + outcome)
        .token(PLATFORM.tokens().platform())
        .header("Idempotency-Key", key);
  }

  private static String order(String symbol) {
    return "{\"symbol\":\""
        + symbol
        + "\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}";
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static String symbol() {
    return UUID.randomUUID().toString().substring(0, 18);
  }

  private static String schema() {
    return TenantNames.schema(tenant);
  }

  private static long orders(String symbol) throws SQLException {
    return count(
        "select count(*) from %s.desk_orders where symbol = '%s'".formatted(schema(), symbol));
  }

  private static long keys(String key) throws SQLException {
    return count(
        "select count(*) from %s.api_idempotency_keys where key = '%s'".formatted(schema(), key));
  }

  private static void age() throws SQLException {
    execute(
        "update %s.api_idempotency_keys set created_at = created_at - interval '25 hours'"
            .formatted(schema()));
  }

  private static Connection superuser() throws SQLException {
    return TestPostgres.shared().connectAsSuperuser(PLATFORM.address().database());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = superuser()) {
      execute(connection, sql);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(String sql) throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}

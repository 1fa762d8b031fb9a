package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.TenantId;
import io.tenantry.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
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
import tools.jackson.databind.node.ObjectNode;

/** Keys of platform requests: each is one transaction of one connection, of which there are few. */
class AdminKeysIT {

  private static final ApiServer.Platform PLATFORM = ApiServer.platform();
  private static final String CLIENTS = "/admin/v1/tenants/keys-admin/clients";
  private static final String REPLAYED = "Idempotency-Replayed";
  private static final int POOL = 4;

  private static TenantId tenant;
  private static ApiServer api;

  @BeforeAll
  static void start() {
    tenant = PLATFORM.provisioner().provisionNow("keys-admin", "Keys Admin").id();
    api = ApiServer.start("tenantry.control.pool-size=" + POOL);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void aClientIsMadeOnceAndItsSecretIsNotRepeated() throws SQLException {
    String key = key();
    long before = clients();

    Answer first = create(key, "{}").send().is(201);
    Answer again = create(key, "{}").send().is(201);

    assertThat(first.text("secret")).hasSize(43);
    assertThat(first.header(REPLAYED)).isEmpty();
    assertThat(again.header(REPLAYED)).hasValue("true");
    assertThat(again.json().path("secret").isNull()).isTrue();
    ObjectNode shown = (ObjectNode) first.json();
    shown.putNull("secret");
    assertThat(again.json()).isEqualTo(shown);
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(clients()).isEqualTo(before + 1);
    assertThat(keys(key)).isEqualTo(1);
    assertThat(events(first.text("clientId"))).isEqualTo(1);
    create(key, "{\"scopes\":[\"tenant:read\"]}").send().isProblem(422, "idempotency_key_reused");
  }

  /** Who reads the table must not be able to try secrets as fast as SHA-256 is computed. */
  @Test
  void aSecretCannotBeGuessedFromWhatIsKeptOfItsRequest() throws Exception {
    String plain = key();
    String plainBody = "{\"clientId\":\"keys-no-secret\"}";
    create(plain, plainBody).send().is(201);
    assertThat(kept(plain))
        .as("the guess is right where there is no secret")
        .isEqualTo(guess(plainBody));

    String body = "{\"clientId\":\"keys-secret\",\"secret\":\"" + "s3cret-".repeat(5) + "\"}";
    String key = key();
    String other = key();
    create(key, body).send().is(201);
    create(other, body).send().isProblem(409, "client_exists");
    assertThat(kept(key)).hasSize(64).isNotEqualTo(guess(body)).isNotEqualTo(kept(other));
  }

  @Test
  void aRequestWithASecretIsReplayedAndOneWithAnotherSecretRefused() throws SQLException {
    String body = "{\"clientId\":\"keys-given\",\"secret\":\"" + "given-".repeat(5) + "\"}";
    String key = key();
    create(key, body).send().is(201);
    assertThat(create(key, body).send().is(201).header(REPLAYED)).hasValue("true");
    create(key, body.replace("given-\"", "other-\""))
        .send()
        .isProblem(422, "idempotency_key_reused");
    create(key, "{\"clientId\":\"keys-given\"}").send().isProblem(422, "idempotency_key_reused");
    assertThat(events("keys-given")).isEqualTo(1);

    String secret = CLIENTS + "/keys-given/secret";
    String replacement = "{\"secret\":\"" + "newer-".repeat(5) + "\"}";
    String second = key();
    keyed(api.post(secret, replacement), second).send().is(200);
    assertThat(keyed(api.post(secret, replacement), second).send().is(200).header(REPLAYED))
        .hasValue("true");
    keyed(api.post(secret, replacement.replace("newer-\"", "other-\"")), second)
        .send()
        .isProblem(422, "idempotency_key_reused");
  }

  private static String guess(String body) throws NoSuchAlgorithmException {
    String request = "POST " + CLIENTS + "?null\n" + body;
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8)));
  }

  private static String kept(String key) throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select encode(request_hash, 'hex') from tenantry_control.idempotency_keys"
                    + " where key = '"
                    + key
                    + "'")) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void asManyAtOnceAsThereAreConnectionsAndMoreAllSucceed() throws Exception {
    int posts = 2 * POOL;
    CyclicBarrier together = new CyclicBarrier(posts);
    List<Future<Answer>> answers = new ArrayList<>();
    long before = clients();
    try (ExecutorService callers = Executors.newFixedThreadPool(posts)) {
      for (int i = 0; i < posts; i++) {
        answers.add(
            callers.submit(
                () -> {
                  together.await();
                  return create(key(), "{}").send();
                }));
      }
    }

    for (Future<Answer> answer : answers) {
      answer.get().is(201);
    }
    assertThat(clients()).isEqualTo(before + posts);
  }

  @Test
  void aRefusalLeavesNothingButItself() throws SQLException {
    String key = key();
    String body = "{\"clientId\":\"keys-twice\"}";
    create(key(), body).send().is(201);

    Answer refused = create(key, body).send().isProblem(409, "client_exists");
    Answer again = create(key, body).send().is(409);

    assertThat(again.header(REPLAYED)).hasValue("true");
    assertThat(again.body()).isEqualTo(refused.body());
    assertThat(events("keys-twice")).isEqualTo(1);
  }

  @Test
  void aCommitThatFailsLeavesNeitherKeyNorEffect() throws SQLException {
    String key = key();
    String body = "{\"clientId\":\"keys-late\"}";
    execute(
        """
        create function public.fail_clients() returns trigger language plpgsql
        as $$ begin raise exception 'not today' using errcode = 'P0001'; end $$
        """);
    execute(
        """
        create constraint trigger fail_clients after insert on tenantry_control.api_clients
        deferrable initially deferred for each row when (new.client_id = 'keys-late')
        execute function public.fail_clients()
        """);
    try {
      create(key, body).send().isProblem(500, "internal");
    } finally {
      execute("drop function public.fail_clients() cascade");
    }

    assertThat(keys(key)).isZero();
    assertThat(clients("keys-late")).isZero();
    assertThat(events("keys-late")).isZero();
    assertThat(create(key, body).send().is(201).header(REPLAYED)).isEmpty();
    assertThat(clients("keys-late")).isEqualTo(1);
  }

  @Test
  void aCrashBetweenCommitAndAnswerMakesNoSecondClient(@TempDir Path folder) throws Exception {
    String key = key();
    String body = "{\"clientId\":\"keys-crash\"}";

    CrashedPost.send(
        folder,
        port ->
            new Call(port, "GET", "/admin/v1/tenants/keys-admin")
                .token(PLATFORM.tokens().platform()),
        port -> keyed(new Call(port, "POST", CLIENTS).json(body), key));

    assertThat(clients("keys-crash")).isEqualTo(1);
    Answer again = create(key, body).send().is(201);
    assertThat(again.header(REPLAYED)).hasValue("true");
    assertThat(again.json().path("secret").isNull()).isTrue();
    assertThat(clients("keys-crash")).isEqualTo(1);
    assertThat(events("keys-crash")).isEqualTo(1);
  }

  private static Call create(String key, String body) {
    return keyed(api.post(CLIENTS, body), key);
  }

  private static Call keyed(Call call, String key) {
    return call.token(PLATFORM.tokens().platform()).header("Idempotency-Key", key);
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  private static long clients() throws SQLException {
    return count("api_clients where tenant_id = '" + tenant + "'");
  }

  private static long clients(String id) throws SQLException {
    return count("api_clients where client_id = '" + id + "'");
  }

  private static long keys(String key) throws SQLException {
    return count("idempotency_keys where key = '" + key + "'");
  }

  private static long events(String client) throws SQLException {
    return count("audit_events e where e::text like '%" + client + "%'");
  }

  private static Connection superuser() throws SQLException {
    return TestPostgres.shared().connectAsSuperuser(PLATFORM.address().database());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(String of) throws SQLException {
    try (Connection connection = superuser();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from tenantry_control." + of)) {
      row.next();
      return row.getLong(1);
    }
  }
}

package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import io.tenantry.control.By;
import io.tenantry.control.RevokedClients;
import io.tenantry.control.TenantTransitions;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantState;
import io.tenantry.testkit.TestPostgres;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.interfaces.RSAPublicKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import tools.jackson.databind.JsonNode;

class ClientsIT {

  private static final String CLIENTS = "/admin/v1/tenants/acme/clients";
  private static final String GIVEN = "a-secret-of-the-callers-own-choice";
  private static final By TEST = By.worker("test");

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String operator = platform.tokens().platform();

  @Test
  void aClientIsMadeWithASecretThatIsShownOnce() {
    Answer made = post(CLIENTS, "").is(201);

    assertThat(made.json().propertyNames())
        .containsExactly(
            "clientId",
            "tenantId",
            "scopes",
            "createdAt",
            "revokedAt",
            "previousSecretExpiresAt",
            "secret");
    String id = made.text("clientId");
    String secret = made.text("secret");
    assertThat(id).matches("acme-[0-9a-f]{12}");
    assertThat(secret).matches("[A-Za-z0-9_-]{43}");
    assertThat(made.text("tenantId")).isEqualTo(platform.acme().id().toString());
    assertThat(made.json().path("scopes").toString())
        .isEqualTo("[\"tenant:read\",\"tenant:write\"]");
    assertThat(made.demanded("Location")).isEqualTo(CLIENTS + "/" + id);
    Answer read = get(made.demanded("Location")).is(200);
    assertThat(read.json().path("secret").isNull()).isTrue();
    assertThat(get(CLIENTS + "?limit=200").is(200).body()).contains(id).doesNotContain(secret);
    String token = login(api, id, secret).is(200).text("access_token");
    assertThat(api.get("/v1/tenant").token(token).send().is(200).text("slug")).isEqualTo("acme");
  }

  @Test
  void aSecretThatTheCallerGaveIsNotToldBack() {
    Answer made =
        post(
                CLIENTS,
                "{\"clientId\":\"Desk.1\",\"scopes\":[\"tenant:read\",\"tenant:read\"],\"secret\":\"%s\"}"
                    .formatted(GIVEN))
            .is(201);

    assertThat(made.json().path("secret").isNull()).isTrue();
    assertThat(made.body()).doesNotContain(GIVEN);
    assertThat(login(api, "Desk.1", GIVEN).is(200).text("scope")).isEqualTo("tenant:read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'clientId':''}|/clientId",
        "{'clientId':'.a'}|/clientId",
        "{'clientId':'a b'}|/clientId",
        "{'clientId':'a/b'}|/clientId",
        "{'clientId':'\\u0000'}|/clientId",
        "{'scopes':[]}|/scopes",
        "{'scopes':['tenant:read','platform:read']}|/scopes/1",
        "{'scopes':[null]}|/scopes/0",
        "{'secret':'short'}|/secret",
        "{'secret':'with spaces is not accepted here'}|/secret",
        "{'secret':'äääääääääääääääääääääääää'}|/secret"
      })
  void whatIsNotAcceptableIsNamed(String body, String pointer) {
    Answer refused = post(CLIENTS, body.replace('\'', '"')).isProblem(422, "validation_failed");

    assertThat(refused.pointers()).containsExactly(pointer);
    assertThat(refused.body()).doesNotContain("short", "with spaces is not");
  }

  @Test
  void aSecretThatIsTooLongIsRefusedAndNotCut() {
    post(CLIENTS, "{\"secret\":\"%s\"}".formatted("x".repeat(73)))
        .isProblem(422, "validation_failed");
    post(CLIENTS, "{\"clientId\":\"longest\",\"secret\":\"%s\"}".formatted("x".repeat(72))).is(201);
    login(api, "longest", "x".repeat(72)).is(200);
    login(api, "longest", "x".repeat(73)).is(401);
  }

  @Test
  void anIdInUseIsRefusedWhoeverHasIt() {
    post(CLIENTS, "{\"clientId\":\"taken\"}").is(201);
    post("/admin/v1/tenants/globex/clients", "{\"clientId\":\"taken-by-globex\"}").is(201);

    Answer own = post(CLIENTS, "{\"clientId\":\"taken\"}").isProblem(409, "client_exists");
    Answer others =
        post(CLIENTS, "{\"clientId\":\"taken-by-globex\"}").isProblem(409, "client_exists");
    Answer platforms = post(CLIENTS, "{\"clientId\":\"operator\"}").isProblem(409, "client_exists");
    assertThat(others.bodyWithout("taken-by-globex")).isEqualTo(own.bodyWithout("taken"));
    assertThat(platforms.bodyWithout("operator")).isEqualTo(own.bodyWithout("taken"));
  }

  @Test
  void anUnknownTenantAndAnothersClientAreAnsweredAlike() {
    post("/admin/v1/tenants/globex/clients", "{\"clientId\":\"globex-only\"}").is(201);
    for (String path : List.of("", "/secret")) {
      String method = path.isEmpty() ? "GET" : "POST";
      Answer none = call(method, CLIENTS + "/nobody" + path).isProblem(404, "not_found");
      Answer others = call(method, CLIENTS + "/globex-only" + path).isProblem(404, "not_found");
      Answer noTenant =
          call(method, "/admin/v1/tenants/nowhere/clients/globex-only" + path)
              .isProblem(404, "not_found");
      assertThat(others.bodyWithout("globex-only")).isEqualTo(none.bodyWithout("nobody"));
      assertThat(noTenant.bodyWithout("nowhere")).isEqualTo(others.bodyWithout("acme"));
    }
    call("DELETE", CLIENTS + "/globex-only").isProblem(404, "not_found");
    call("DELETE", CLIENTS + "/operator").isProblem(404, "not_found");
    call("GET", CLIENTS + "/%C3%A4").isProblem(404, "not_found");
    call("GET", "/admin/v1/tenants/No!/clients/x").isProblem(404, "not_found");
    get("/admin/v1/tenants/nowhere/clients").isProblem(404, "not_found");
    post("/admin/v1/tenants/nowhere/clients", "{}").isProblem(404, "not_found");
    assertThat(get("/admin/v1/tenants/globex/clients/globex-only").is(200).text("revokedAt"))
        .isEmpty();
  }

  @Test
  void theListIsPagedInOrderOfIds() {
    platform.provisioner().provisionNow("listed", "Listed");
    String path = "/admin/v1/tenants/listed/clients";
    for (String id : List.of("b", "a", "B", "c-1", "c.1")) {
      post(path, "{\"clientId\":\"listed-%s\"}".formatted(id)).is(201);
    }

    List<String> seen = new ArrayList<>();
    Answer page = get(path + "?limit=2").is(200);
    while (true) {
      for (JsonNode item : page.json().path("items")) {
        seen.add(item.path("clientId").asString());
      }
      if (page.json().path("nextCursor").isNull()) {
        break;
      }
      page = get(path + "?limit=2&cursor=" + page.text("nextCursor")).is(200);
    }
    assertThat(seen)
        .containsExactly("listed-B", "listed-a", "listed-b", "listed-c-1", "listed-c.1");
    String cursor = get(path + "?limit=2").text("nextCursor");
    get(CLIENTS + "?cursor=" + cursor).isProblem(400, "cursor_invalid");
  }

  @Test
  void bothSecretsWorkUntilTheOverlapEnds() throws SQLException {
    String first = post(CLIENTS, "{\"clientId\":\"rotated\"}").is(201).text("secret");
    Answer replaced = post(CLIENTS + "/rotated/secret", "").is(200);
    String second = replaced.text("secret");
    assertThat(Instant.parse(replaced.text("previousSecretExpiresAt")))
        .isBetween(Instant.now().plusSeconds(80_000), Instant.now().plusSeconds(90_000));
    login(api, "rotated", first).is(200);
    login(api, "rotated", second).is(200);

    post(
            CLIENTS + "/rotated/secret",
            "{\"secret\":\"%s\",\"overlapSeconds\":604800}".formatted(GIVEN))
        .is(200);
    login(api, "rotated", first).is(401);
    login(api, "rotated", second).is(200);
    login(api, "rotated", GIVEN).is(200);

    execute(
        "update tenantry_control.api_clients set previous_secret_expires_at = now()"
            + " where client_id = 'rotated'");
    login(api, "rotated", second).is(401);
    assertThat(get(CLIENTS + "/rotated").json().path("previousSecretExpiresAt").isNull()).isTrue();

    Answer last = post(CLIENTS + "/rotated/secret", "{\"overlapSeconds\":0}").is(200);
    assertThat(last.json().path("previousSecretExpiresAt").isNull()).isTrue();
    login(api, "rotated", GIVEN).is(401);
    login(api, "rotated", last.text("secret")).is(200);
    for (String overlap : List.of("-1", "604801")) {
      post(CLIENTS + "/rotated/secret", "{\"overlapSeconds\":" + overlap + "}")
          .isProblem(422, "validation_failed");
    }
  }

  @Test
  void aRevokedClientAndItsTokensAreRefusedByEveryInstance() {
    try (ApiServer other = ApiServer.start("tenantry.control.directory-interval=2s")) {
      String secret = post(CLIENTS, "{\"clientId\":\"ended\"}").is(201).text("secret");
      String token = login(other, "ended", secret).is(200).text("access_token");
      api.get("/v1/tenant").token(token).send().is(200);
      other.get("/v1/tenant").token(token).send().is(200);

      call("DELETE", CLIENTS + "/ended").is(204);

      Answer refused = login(api, "ended", secret).is(401);
      Answer unknown = login(api, "nobody-at-all", secret).is(401);
      assertThat(refused.body()).isEqualTo(unknown.body());
      assertThat(refused.comparableHeaders()).isEqualTo(unknown.comparableHeaders());
      login(other, "ended", secret).is(401);
      for (ApiServer each : List.of(api, other)) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(5))
            .untilAsserted(
                () -> each.get("/v1/tenant").token(token).send().isProblem(401, "token_invalid"));
      }
      call("DELETE", CLIENTS + "/ended").is(204);
      post(CLIENTS + "/ended/secret", "{}").isProblem(409, "client_revoked");
      post(CLIENTS, "{\"clientId\":\"ended\"}").isProblem(409, "client_exists");
      assertThat(get(CLIENTS + "/ended").is(200).text("revokedAt")).isNotEmpty();
      login(api, "acme-desk", ApiServer.SECRET).is(200);
    }
  }

  @Test
  void tokensOfARevokedClientAreRefusedWhereTheIssuerIsAnother() {
    try (ApiServer other =
        ApiServer.start(
            "tenantry.issuer.enabled=false",
            "tenantry.security.issuers[0].uri=" + ApiServer.ISSUER,
            "tenantry.security.issuers[0].jwks-uri=http://127.0.0.1:" + api.port() + "/oauth2/jwks",
            "tenantry.security.issuers[0].tenants=any",
            "tenantry.security.issuers[0].built-in=true")) {
      String secret = post(CLIENTS, "{\"clientId\":\"ended-there\"}").is(201).text("secret");
      String token = login(api, "ended-there", secret).is(200).text("access_token");
      other.get("/v1/tenant").token(token).send().is(200);

      call("DELETE", CLIENTS + "/ended-there").is(204);

      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(
              () -> other.get("/v1/tenant").token(token).send().isProblem(401, "token_invalid"));
    }
  }

  @Test
  void whoWasRevokedIsKnownWhileTheDatabaseIsAway() throws SQLException {
    post(CLIENTS, "{\"clientId\":\"ended-before\"}").is(201);
    call("DELETE", CLIENTS + "/ended-before").is(204);
    AtomicBoolean away = new AtomicBoolean(true);
    DelegatingDataSource source =
        new DelegatingDataSource(platform.control()) {
          @Override
          public Connection getConnection() throws SQLException {
            if (away.get()) {
              throw new SQLException("away", "08006");
            }
            return super.getConnection();
          }
        };
    try (RevokedClients revoked =
        new RevokedClients(source, Duration.ofMillis(50), Duration.ofHours(25))) {
      revoked.start();
      assertThat(revoked.contains("ended-before")).isEmpty();
      away.set(false);
      Awaitility.await().until(() -> revoked.contains("ended-before").orElse(false));
      away.set(true);
      assertThat(revoked.contains("ended-before")).hasValue(true);
      assertThat(revoked.contains("acme-desk")).hasValue(false);
      away.set(false);
      execute(
          "update tenantry_control.api_clients set revoked_at = now() - interval '26 hours'"
              + " where client_id = 'ended-before'");
      Awaitility.await().until(() -> !revoked.contains("ended-before").orElse(true));
    }
  }

  @Test
  void everyChangeIsAnEventAndNoneTellsAHash() throws SQLException {
    post(CLIENTS, "{\"clientId\":\"audited\"}").is(201);
    post(CLIENTS + "/audited/secret", "{}").is(200);
    call("DELETE", CLIENTS + "/audited").is(204);
    call("DELETE", CLIENTS + "/audited").is(204);
    post(CLIENTS + "/audited/secret", "{}").isProblem(409, "client_revoked");

    List<String> events = new ArrayList<>();
    try (Connection connection = superuser();
        PreparedStatement statement =
            connection.prepareStatement(
                "select action, actor, request_id, tenant_id, before::text || after::text as"
                    + " images, before is null as first from tenantry_control.audit_events where"
                    + " after ->> 'client_id' = 'audited' order by occurred_at, id");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        events.add(rows.getString("action"));
        assertThat(rows.getString("actor")).isEqualTo("somebody");
        assertThat(rows.getString("request_id")).isNotBlank();
        assertThat(rows.getString("tenant_id")).isEqualTo(platform.acme().id().toString());
        if (!rows.getBoolean("first")) {
          assertThat(rows.getString("images"))
              .contains("revoked_at", "previous_secret_expires_at")
              .doesNotContain("_hash", "bcrypt");
        }
      }
    }
    assertThat(events).containsExactly("client.create", "client.secret", "client.revoke");
  }

  @Test
  void aTenantThatEndsGetsNoClients() {
    String path = "/admin/v1/tenants/ending/clients";
    TenantTransitions transitions = new TenantTransitions(platform.control());
    TenantId tenant = platform.provisioner().provisionNow("ending", "Ending").id();
    post(path, "{\"clientId\":\"ending-1\"}").is(201);
    for (TenantState state : List.of(TenantState.OFFBOARDING, TenantState.RETAINED)) {
      transitions.move(tenant, state, TEST);
      post(path, "{}").isProblem(409, "tenant_state_conflict");
    }
    get(path + "/ending-1").is(200);
    call("DELETE", path + "/ending-1").is(204);
  }

  @Test
  void withoutTheIssuerThereAreNoClients() throws JOSEException {
    RSAKey key =
        new RSAKey.Builder((RSAPublicKey) platform.tokens().key().getPublic())
            .keyID(platform.tokens().keyId())
            .build();
    try (KeyServer keys = new KeyServer(key);
        ApiServer off =
            ApiServer.start(
                "tenantry.issuer.enabled=false",
                "tenantry.security.issuers[0].uri=" + ApiServer.ISSUER,
                "tenantry.security.issuers[0].jwks-uri=" + keys.address(),
                "tenantry.security.issuers[0].tenants=any",
                "tenantry.security.issuers[0].platform=true")) {
      for (String[] request :
          new String[][] {
            {"GET", ""}, {"POST", ""}, {"GET", "/x"}, {"DELETE", "/x"}, {"POST", "/x/secret"}
          }) {
        off.call(request[0], CLIENTS + request[1])
            .token(operator)
            .send()
            .isProblem(409, "issuer_disabled");
      }
      // With a key, too: it may be switched on again, and the key is then still to be had.
      String once = UUID.randomUUID().toString();
      for (int i = 0; i < 2; i++) {
        assertThat(
                keyed(off, once).isProblem(409, "issuer_disabled").header("Idempotency-Replayed"))
            .isEmpty();
      }
      assertThat(keyed(api, once).is(201).header("Idempotency-Replayed")).isEmpty();
      assertThat(keyed(api, once).is(201).header("Idempotency-Replayed")).hasValue("true");
      off.get("/v1/tenant").token(platform.tokens().tenant(platform.acme().id())).send().is(200);
      off.call("POST", "/oauth2/token").send().isProblem(404, "not_found");
    }
  }

  private Answer keyed(ApiServer server, String key) {
    return server
        .post(CLIENTS, "{\"clientId\":\"after-the-issuer\"}")
        .token(operator)
        .header("Idempotency-Key", key)
        .send();
  }

  @Test
  void aClientThatIsRevokedAlreadyIsRevokedAgainWithoutAnyChange() {
    post(CLIENTS, "{\"clientId\":\"ended-twice\"}").is(201);
    call("DELETE", CLIENTS + "/ended-twice").is(204);
    Answer once = get(CLIENTS + "/ended-twice").is(200);

    Answer again = call("DELETE", CLIENTS + "/ended-twice").is(204);

    assertThat(again.body()).isEmpty();
    assertThat(get(CLIENTS + "/ended-twice").is(200).body()).isEqualTo(once.body());
    call("DELETE", "/admin/v1/tenants/globex/clients/ended-twice").isProblem(404, "not_found");
  }

  @Test
  void aTenantsTokenManagesNoClients() {
    String tenant = platform.tokens().tenant(platform.acme().id());
    api.get(CLIENTS).token(tenant).send().isProblem(403, "tenant_forbidden");
    api.post(CLIENTS, "{}")
        .token(platform.tokens().platform("platform:read"))
        .send()
        .isProblem(403, "scope_missing");
  }

  private Answer get(String path) {
    return api.get(path).token(operator).send();
  }

  private Answer call(String method, String path) {
    return api.call(method, path).token(operator).send();
  }

  private Answer post(String path, String json) {
    return json.isEmpty() ? call("POST", path) : api.post(path, json).token(operator).send();
  }

  private static Answer login(ApiServer server, String client, String secret) {
    return server
        .call("POST", "/oauth2/token")
        .body(
            "application/x-www-form-urlencoded",
            BodyPublishers.ofString(
                "grant_type=client_credentials&client_id=%s&client_secret=%s"
                    .formatted(client, secret.replace(" ", "+"))))
        .send();
  }

  private Connection superuser() throws SQLException {
    return TestPostgres.shared().connectAsSuperuser(platform.address().database());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = superuser();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }
}

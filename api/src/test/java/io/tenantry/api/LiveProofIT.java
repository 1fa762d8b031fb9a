package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.api.isolation.AgeingProofs;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Breaks isolation under a running instance, in a database of its own, and watches it stop. */
class LiveProofIT {

  private static final String DATABASE = "tenantry_live_proof";
  private static final String PROBES = "tenantry_api.api_isolation_probes";
  private static final Duration LONG = Duration.ofMinutes(2);

  private static Tokens tokens;
  private static Tenant acme;
  private static TenantStore tenants;
  private static ApiServer api;

  @BeforeAll
  static void start() {
    ApiServer.Platform shared = ApiServer.platform();
    tokens = shared.tokens();
    DirectoryCredentialSource credentials = new DirectoryCredentialSource(shared.secrets());
    TestPostgres postgres = TestPostgres.shared();
    DatabaseAddress address =
        PlatformSetup.install(
            postgres.host(),
            postgres.port(),
            postgres.superuser(),
            postgres.superuserPassword(),
            DATABASE,
            credentials);
    Provisioner provisioner = PlatformSetup.provisioner(address, credentials);
    provisioner.provisionCanaries();
    acme = provisioner.provisionNow("acme", "Acme");
    tenants = new TenantStore(new DutyDataSource(address, credentials, Duty.CONTROL, "test"));
    api =
        ApiServer.start(
            "tenantry.database.name=" + DATABASE,
            "tenantry.prober.interval=1s",
            "tenantry.idempotency.sweep-interval=1s");
    Awaitility.await().atMost(LONG).until(() -> looks("clean") > 0);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void isolationThatBreaksUnderARunningInstanceStopsItWithinTwoLooksAndMendedItServesAgain()
      throws Exception {
    served();
    double cleanBefore = looks("clean");
    double findingsBefore = looks("finding");
    execute("alter table " + PROBES + " disable row level security");
    try {
      Awaitility.await().atMost(LONG).until(() -> looks("finding") > findingsBefore);
      // One look may have been under way.
      assertThat(looks("clean") - cleanBefore).isLessThanOrEqualTo(1);
      refused();
      JsonNode isolation = isolation();
      assertThat(isolation.path("safe").asBoolean()).isFalse();
      assertThat(check(isolation, "PROBER").path("findings").toString())
          .contains("foreign_row_visible", PROBES, "Stop using the platform.");
      Answer own = platform("/admin/v1/tenants/acme/isolation").is(200);
      assertThat(own.json().path("proof").path("outcome").asString()).isEqualTo("FINDING");
      assertThat(own.body()).contains("foreign_row_visible");
    } finally {
      execute("alter table " + PROBES + " enable row level security");
    }
    Awaitility.await().atMost(LONG).until(() -> isolation().path("safe").asBoolean());
    served();
  }

  @Test
  void whatIsSeenFromInsideOneTenantStopsTheInstanceUntilItIsMended() throws Exception {
    served();
    Tenant canary = tenants.findCanary(Canaries.PAIR.getFirst()).orElseThrow();
    String schema = TenantNames.schema(canary.id());
    String role = TenantNames.role(acme.id());
    execute("grant usage on schema " + schema + " to " + role);
    execute("grant select on " + schema + ".desk_orders to " + role);
    try (CapturedLog log = CapturedLog.at(Map.of())) {
      Answer own = platform("/admin/v1/tenants/acme/isolation").is(200);
      assertThat(own.json().path("proof").path("outcome").asString()).isEqualTo("FINDING");
      refused();
      assertThat(log.lines()).anyMatch(line -> line.contains("table_grant"));
      double before = looks("clean");
      // The canaries do not show it, and do not take it back.
      Awaitility.await().atMost(LONG).until(() -> looks("clean") > before + 2);
      refused();
      assertThat(check(isolation(), "PROBER").path("findings").toString()).contains("table_grant");
    } finally {
      execute("revoke select on " + schema + ".desk_orders from " + role);
      execute("revoke usage on schema " + schema + " from " + role);
    }
    served();
  }

  @Test
  void noTenantIsEnteredToDeleteItsExpiredKeysWhileIsolationIsBroken() throws Exception {
    served();
    String own = TenantNames.schema(acme.id()) + ".api_idempotency_keys";
    String platforms = "tenantry_control.idempotency_keys";
    execute("alter table " + PROBES + " disable row level security");
    try {
      Awaitility.await().atMost(LONG).until(() -> !isolation().path("safe").asBoolean());
      execute(expired(own, "tenant_id", acme.id().toString()));
      // The platform's are deleted before each tenant's: behind the second, all were passed.
      for (int i = 0; i < 2; i++) {
        execute(expired(platforms, "caller", "nobody"));
        Awaitility.await().atMost(LONG).until(() -> rows(platforms) == 0);
      }
      assertThat(rows(own)).isOne();
    } finally {
      execute("alter table " + PROBES + " enable row level security");
    }
    Awaitility.await().atMost(LONG).until(() -> rows(own) == 0);
  }

  @Test
  void aProofThatGetsOldMakesTheInstanceUnreadyUntilTheNextLookAndRefusesNoRequest() {
    try (ApiServer ageing =
        ApiServer.start(
            List.of(AgeingProofs.class),
            "tenantry.database.name=" + DATABASE,
            "tenantry.prober.interval=5s")) {
      Awaitility.await().atMost(LONG).until(() -> readiness(ageing) == 200);
      // A look may end at any time, and make it new again.
      Awaitility.await()
          .atMost(LONG)
          .until(
              () -> {
                AgeingProofs.by(Duration.ofMinutes(2));
                return readiness(ageing) == 503 && stale(ageing);
              });
      ageing.get("/v1/tenant").token(tokens.tenant(acme.id())).send().is(200);
      Awaitility.await().atMost(LONG).until(() -> readiness(ageing) == 200);
      assertThat(stale(ageing)).isFalse();
    }
  }

  @Test
  void aGuardThatBindsNobodyStopsTheInstance() throws Exception {
    String original = functionText();
    String binding = "set_config('backtrace_functions', hex, true)";
    assertThat(original).contains(binding);
    execute(original.replace(binding, "set_config('backtrace_functions', '', true)"));
    try {
      Awaitility.await().atMost(LONG).until(() -> !isolation().path("safe").asBoolean());
      refused();
      assertThat(isolation().toString()).contains("tenant_not_entered");
    } finally {
      execute(original);
    }
    Awaitility.await().atMost(LONG).until(() -> isolation().path("safe").asBoolean());
    served();
  }

  @Test
  void aTenantIsLookedAtFromInsideAndAnUnknownOneIsNotFound() {
    JsonNode own = platform("/admin/v1/tenants/acme/isolation").is(200).json();
    assertThat(own.path("tenantId").asString()).isEqualTo(acme.id().toString());
    assertThat(own.path("proof").path("outcome").asString()).isEqualTo("CLEAN");
    assertThat(own.path("proof").path("findings")).isEmpty();
    platform("/admin/v1/tenants/nobody/isolation").isProblem(404, "not_found");
    platform("/admin/v1/tenants/No-Slug/isolation").isProblem(404, "not_found");
    api.get("/admin/v1/isolation").send().isProblem(401, "token_missing");
    api.get("/admin/v1/isolation")
        .token(tokens.tenant(acme.id()))
        .send()
        .isProblem(403, "tenant_forbidden");
  }

  @Test
  void theCanariesAreNobodysToSeeOrToUse() {
    assertThat(platform("/admin/v1/tenants").is(200).json().path("items"))
        .hasSize(1)
        .allMatch(tenant -> tenant.path("slug").asString().equals("acme"));
    assertThat(value("tenantry_tenants{state=\"ACTIVE\"}")).isEqualTo(1);
    for (TenantSlug canary : Canaries.PAIR) {
      String path = "/admin/v1/tenants/" + canary;
      platform(path).isProblem(404, "not_found");
      platform(path + "/clients").isProblem(404, "not_found");
      platform(path + "/isolation").isProblem(404, "not_found");
      for (String body : new String[] {"{}", "{\"suspended\":true}"}) {
        api.call("PUT", path)
            .token(tokens.platform())
            .json(body)
            .send()
            .isProblem(422, "slug_reserved");
      }
      Tenant there = tenants.findCanary(canary).orElseThrow();
      api.get("/v1/tenant")
          .token(tokens.tenant(there.id()))
          .send()
          .isProblem(403, "tenant_unknown");
    }
  }

  @Test
  void withoutCanariesTheInstanceServesAndSaysThatNobodyLooks() {
    try (ApiServer without = ApiServer.start("tenantry.prober.interval=1s")) {
      Awaitility.await()
          .atMost(LONG)
          .until(
              () ->
                  without
                      .get("/admin/v1/isolation")
                      .token(tokens.platform())
                      .send()
                      .is(200)
                      .body()
                      .contains("canary_missing"));
      without
          .get("/v1/tenant")
          .token(tokens.tenant(ApiServer.platform().acme().id()))
          .send()
          .is(200);
      Answer own =
          without.get("/admin/v1/tenants/acme/isolation").token(tokens.platform()).send().is(200);
      assertThat(own.json().path("proof").path("outcome").asString()).isEqualTo("SKIPPED");
    }
  }

  private static void served() {
    Awaitility.await().atMost(LONG).until(() -> readiness().status() == 200);
    api.get("/v1/tenant").token(tokens.tenant(acme.id())).send().is(200);
  }

  private static void refused() {
    Answer answer =
        api.get("/v1/tenant")
            .token(tokens.tenant(acme.id()))
            .send()
            .isProblem(503, "isolation_unproven");
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(readiness().status()).isEqualTo(503);
    // Whoever mends it needs the platform's paths, and a balancer the process.
    platform("/admin/v1/tenants").is(200);
    assertThat(new Call(api.managementPort(), "GET", "/actuator/health/liveness").send().status())
        .isEqualTo(200);
  }

  private static Answer readiness() {
    return new Call(api.managementPort(), "GET", "/actuator/health/readiness").send();
  }

  private static Answer platform(String path) {
    return api.get(path).token(tokens.platform()).send();
  }

  private static int readiness(ApiServer server) {
    return new Call(server.managementPort(), "GET", "/actuator/health/readiness").send().status();
  }

  private static boolean stale(ApiServer server) {
    JsonNode isolation =
        server.get("/admin/v1/isolation").token(tokens.platform()).send().is(200).json();
    return check(isolation, "PROBER").path("stale").asBoolean();
  }

  private static String expired(String table, String owner, String value) {
    return "insert into "
        + table
        + " ("
        + owner
        + ", key, request_hash, created_at) values ('"
        + value
        + "', 'expired', sha256(''), now() - interval '2 days')";
  }

  private static long rows(String table) throws SQLException {
    try (Connection connection = TestPostgres.shared().connectAsSuperuser(DATABASE);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static JsonNode isolation() {
    return platform("/admin/v1/isolation").is(200).json();
  }

  private static JsonNode check(JsonNode isolation, String name) {
    for (JsonNode check : isolation.path("checks")) {
      if (check.path("check").asString().equals(name)) {
        return check;
      }
    }
    throw new AssertionError("No check " + name + " in " + isolation);
  }

  private static double looks(String outcome) {
    return value("tenantry_prober_looks_total{outcome=\"" + outcome + "\"}");
  }

  private static double value(String series) {
    return Scrape.of(api).series().stream()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static String functionText() throws SQLException {
    try (Connection connection = TestPostgres.shared().connectAsSuperuser(DATABASE);
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select pg_get_functiondef(to_regproc('tenantry_guard.enter'))")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = TestPostgres.shared().connectAsSuperuser(DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.fanout.FanOut;
import io.tenantry.migrations.fanout.FanOutListener;
import io.tenantry.migrations.fanout.FanOutSettings;
import io.tenantry.migrations.fanout.SchemaProof;
import io.tenantry.migrations.plan.PlanCompiler;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs over all tenants as HTTP asks for them; a worker of the test carries them out. */
class MigrationsIT {

  private static final String PATH = "/admin/v1/migrations";

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String operator =
      platform.tokens().platform("platform:read platform:write platform:purge");

  /** Whatever other tests have asked for: it must never be carried out here. */
  @BeforeEach
  @AfterEach
  void endEveryRun() throws SQLException {
    endRuns();
  }

  static void endRuns() throws SQLException {
    execute(
        "update tenantry_control.migration_runs set state = 'FAILED', finished_at = now(),"
            + " worker = null, lease_until = null where state in ('QUEUED', 'RUNNING', 'PAUSED')");
  }

  @Test
  void aRunIsAskedForPausedResumedAndRevertedAndEachIsAnEvent() throws SQLException {
    Answer started = post(PATH, "{\"canaries\":[\"acme\"],\"workers\":1}", "run-1").is(202);
    String id = started.text("id");
    assertThat(started.demanded("Location")).isEqualTo(PATH + "/" + id);
    assertThat(started.text("state")).isEqualTo("QUEUED");
    assertThat(started.text("direction")).isEqualTo("UP");

    assertThat(post(PATH, "{}", "run-2").isProblem(409, "migration_unfinished").text("detail"))
        .contains(id);
    post(PATH + "/" + id + "/revert", "", "run-3").isProblem(409, "migration_state_conflict");

    assertThat(post(PATH + "/" + id + "/pause", "", "run-4").is(200).text("state"))
        .isEqualTo("PAUSED");
    assertThat(post(PATH + "/" + id + "/resume", "", "run-5").is(200).text("state"))
        .isEqualTo("QUEUED");
    carryOut(id);

    Answer done = get(PATH + "/" + id).is(200);
    assertThat(done.text("state")).isEqualTo("SUCCEEDED");
    assertThat(done.json().path("results").path("items")).isEmpty();
    post(PATH + "/" + id + "/resume", "", "run-6").isProblem(409, "migration_state_conflict");

    Answer revert = post(PATH + "/" + id + "/revert", "", "run-7").is(202);
    assertThat(revert.text("reverts")).isEqualTo(id);
    carryOut(revert.text("id"));
    assertThat(get(PATH + "?limit=2").is(200).json().path("items").path(0).path("id").asString())
        .isEqualTo(revert.text("id"));

    assertThat(events())
        .containsExactly(
            "run-1 migration.start",
            "run-4 migration.pause",
            "run-5 migration.resume",
            "run-7 migration.revert");
  }

  @Test
  void resultsComeInPagesAndByState() throws SQLException {
    String id = post(PATH, "{}", "paged").is(202).text("id");
    execute(
        "insert into tenantry_control.migration_results (run_id, tenant_id, wave, from_version,"
            + " to_version, state, changeset, sqlstate, finished_at) select '"
            + id
            + "', gen_random_uuid(), 0, 'a', 'b', case when i = 1 then 'FAILED' else 'SUCCEEDED'"
            + " end, case when i = 1 then 'b' end, case when i = 1 then '42P07' end, now() from"
            + " generate_series(1, 5) i");

    Answer first = get(PATH + "/" + id + "?limit=3").is(200);
    assertThat(first.json().path("results").path("items")).hasSize(3);
    assertThat(first.json().path("counts").path("failed").asInt()).isEqualTo(1);
    String next = first.demanded("Link").replaceAll("^<|>.*$", "");
    Answer second = get(next).is(200);
    assertThat(second.json().path("results").path("items")).hasSize(2);
    assertThat(second.json().path("results").path("nextCursor").isNull()).isTrue();

    Answer failed = get(PATH + "/" + id + "?state=FAILED").is(200);
    assertThat(failed.json().path("results").path("items")).hasSize(1);
    assertThat(failed.json().path("results").path("items").path(0).path("sqlstate").asString())
        .isEqualTo("42P07");
    get(PATH + "/" + id + "?cursor=" + next.replaceAll(".*cursor=", "") + "&state=FAILED")
        .isProblem(400, "cursor_invalid");
  }

  @Test
  void whoMayNotPurgeTakesNothingBack() {
    String writer = platform.tokens().platform();
    String id = post(PATH, "{}", "guarded").is(202).text("id");
    api.post(PATH, "{\"direction\":\"DOWN\",\"steps\":1}")
        .token(writer)
        .send()
        .isProblem(403, "scope_missing");
    api.post(PATH + "/" + id + "/revert", "").token(writer).send().isProblem(403, "scope_missing");
  }

  @Test
  void whatMakesNoSenseIsNamed() {
    assertThat(
            post(PATH, "{\"direction\":\"DOWN\"}", "bad-1")
                .isProblem(422, "validation_failed")
                .pointers())
        .containsExactly("/steps");
    assertThat(
            post(PATH, "{\"wavePercents\":[10,5]}", "bad-2")
                .isProblem(422, "validation_failed")
                .pointers())
        .containsExactly("/wavePercents");
    assertThat(
            post(PATH, "{\"canaries\":[\"nobody-here\"]}", "bad-3")
                .isProblem(422, "validation_failed")
                .pointers())
        .containsExactly("/canaries");
    assertThat(
            post(PATH, "{\"canaries\":[null]}", "bad-4")
                .isProblem(422, "validation_failed")
                .pointers())
        .containsExactly("/canaries");
    assertThat(
            post(PATH, "{\"target\":\"\\u0000\"}", "bad-5")
                .isProblem(422, "validation_failed")
                .pointers())
        .containsExactly("/target");
    assertThat(
            post(PATH, "{\"workers\":0}", "bad-6").isProblem(422, "validation_failed").pointers())
        .containsExactly("/workers");
    post(PATH, "{\"direction\":\"REVERT\"}", "bad-7").isProblem(422, "validation_failed");
    get(PATH + "/" + UUID.randomUUID()).isProblem(404, "not_found");
    get(PATH + "/none").isProblem(404, "not_found");
  }

  @Test
  void theSamePostAgainAsksOnce() {
    Answer first = keyed("run-once").is(202);
    Answer again = keyed("run-once").is(202);

    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(again.body()).isEqualTo(first.body());
    keyed("run-twice").isProblem(409, "migration_unfinished");
  }

  @Test
  void onlyThePlatformMay() {
    String tenant = platform.tokens().tenant(platform.acme().id());
    api.get(PATH).token(tenant).send().isProblem(403, "tenant_forbidden");
    api.post(PATH, "{}").send().isProblem(401, "token_missing");
  }

  private void carryOut(String id) {
    DirectoryCredentialSource credentials = new DirectoryCredentialSource(platform.secrets());
    new FanOut(
            platform.control(),
            new DutyDataSource(platform.address(), credentials, Duty.MIGRATE, "test"),
            PlatformSetup.signer(platform.address(), credentials),
            PlanCompiler::tenantTree,
            FanOutSettings.defaults(),
            SchemaProof.NONE)
        .untilItRests(UUID.fromString(id), FanOutListener.NONE);
  }

  private Answer keyed(String key) {
    return api.post(PATH, "{}").token(operator).header("Idempotency-Key", key).send();
  }

  private Answer post(String path, String json, String requestId) {
    Call call = json.isEmpty() ? api.call("POST", path) : api.post(path, json);
    return call.token(operator).header("X-Request-Id", requestId).send();
  }

  private Answer get(String path) {
    return api.get(path).token(operator).send();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = ApiServer.platform().control().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> events() throws SQLException {
    List<String> events = new ArrayList<>();
    try (Connection connection = platform.control().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select request_id || ' ' || action from tenantry_control.audit_events"
                    + " where request_id like 'run-%' order by id")) {
      while (rows.next()) {
        events.add(rows.getString(1));
      }
    }
    return events;
  }
}

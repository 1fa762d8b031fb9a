package io.tenantry.persistence.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.persistence.Serving;
import io.tenantry.persistence.TestPlatform;
import io.tenantry.persistence.connection.Bypass;
import io.tenantry.persistence.connection.HeldConnections;
import io.tenantry.persistence.connection.SharedBackend;
import io.tenantry.persistence.connection.SharedBackends;
import io.tenantry.persistence.connection.SlowClock;
import io.tenantry.persistence.prober.ProbeResult.Outcome;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Takes walls away and sees what the prober finds; with all of them up it finds nothing. */
class IsolationProberIT {

  private static final String DATABASE = "prober";
  private static final String PROBES = "tenantry_api.api_isolation_probes";
  private static final String REPORTS = "tenantry_api.research_reports";

  private static TestPlatform platform;
  private static TenantId first;
  private static TenantId second;
  private static Serving serving;

  @BeforeAll
  static void start() {
    platform = TestPlatform.install(DATABASE);
    first = platform.tenant("first");
    second = platform.tenant("second");
    serving =
        Serving.start(
            platform.address(),
            platform.credentials(),
            Map.of("tenantry.pool.size", "1", "tenantry.pool.connection-timeout", "5s"));
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  /** Each test puts back what it took; this shows that it did, in both orders. */
  @AfterEach
  void allWallsStand() {
    assertThat(clean(first, second).findings()).isEmpty();
    assertThat(clean(second, first).findings()).isEmpty();
  }

  @Test
  void onePooledConnectionServesAllOfALook() {
    assertThat(clean(first, second).outcome()).isEqualTo(Outcome.CLEAN);
  }

  @Test
  void aLookLeavesNoRowAndNoSessionStateBehind() throws SQLException {
    clean(first, second);
    try (Connection superuser = TestPostgres.shared().connectAsSuperuser(DATABASE);
        Statement statement = superuser.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select (select count(*) from "
                    + REPORTS
                    + "), (select count(*) from pg_stat_activity a where a.datname = '"
                    + DATABASE
                    + "' and a.application_name = 'tenantry-api'"
                    + " and a.state <> 'idle'),"
                    + " (select count(*) from pg_locks l join pg_stat_activity a using (pid)"
                    + " where a.application_name = 'tenantry-api' and a.datname = '"
                    + DATABASE
                    + "' and l.locktype <> 'virtualxid')")) {
      row.next();
      assertThat(row.getInt(1)).as("reports").isZero();
      assertThat(row.getInt(2)).as("transactions").isZero();
      assertThat(row.getInt(3)).as("locks").isZero();
    }
  }

  @Test
  void withoutRowSecurityForeignRowsAreSeen() throws Exception {
    try (AutoCloseable _ =
        platform.asSuperuser(
            List.of("alter table " + PROBES + " disable row level security"),
            List.of("alter table " + PROBES + " enable row level security"))) {
      assertThat(codes(found())).contains(FindingCode.FOREIGN_ROW_VISIBLE);
    }
  }

  @Test
  void aSecondPolicyThatLetsAllThroughIsSeen() throws Exception {
    try (AutoCloseable _ =
        platform.asSuperuser(
            List.of("create policy hole on " + PROBES + " using (true)"),
            List.of("drop policy hole on " + PROBES))) {
      assertThat(codes(found())).contains(FindingCode.FOREIGN_ROW_VISIBLE);
    }
  }

  @Test
  void aPolicyThatLetsForeignRowsInIsSeen() throws Exception {
    try (AutoCloseable _ =
        platform.asSuperuser(
            List.of("create policy hole on " + REPORTS + " for insert with check (true)"),
            List.of("drop policy hole on " + REPORTS))) {
      assertThat(codes(found())).contains(FindingCode.FOREIGN_ROW_WRITABLE);
    }
  }

  @Test
  void aMissingGrantIsNoProofThatThePolicyRefusesAndIsSeen() throws Exception {
    try (AutoCloseable _ =
        platform.asSuperuser(
            List.of("revoke insert on " + REPORTS + " from tenantry_tenant"),
            List.of("grant insert on " + REPORTS + " to tenantry_tenant"))) {
      assertThat(found().findings())
          .extracting(Finding::code, Finding::object)
          .containsExactly(tuple(FindingCode.TENANT_NOT_ENTERED, REPORTS));
    }
  }

  @Test
  void grantsOnTheNeighboursSchemaAreSeenWhicheverTenantHasThem() throws Exception {
    for (TenantId holder : List.of(first, second)) {
      TenantId other = holder.equals(first) ? second : first;
      String role = TenantNames.role(holder);
      String schema = TenantNames.schema(other);
      try (AutoCloseable _ =
          platform.asSuperuser(
              List.of(
                  "grant usage on schema " + schema + " to " + role,
                  "grant select on " + schema + ".desk_orders to " + role),
              List.of(
                  "revoke select on " + schema + ".desk_orders from " + role,
                  "revoke usage on schema " + schema + " from " + role))) {
        assertThat(found().findings())
            .extracting(Finding::code, Finding::object)
            .containsExactly(tuple(FindingCode.TABLE_GRANT, schema + ".desk_orders"));
      }
    }
  }

  @Test
  void aGuardThatBindsNobodyIsSeen() throws Exception {
    String original = platform.functionText("tenantry_guard.enter");
    String binding = "set_config('backtrace_functions', hex, true)";
    assertThat(original).contains(binding);
    try (AutoCloseable _ =
        platform.asSuperuser(
            List.of(original.replace(binding, "set_config('backtrace_functions', '', true)")),
            List.of(original))) {
      assertThat(codes(found())).contains(FindingCode.TENANT_NOT_ENTERED);
    }
  }

  @Test
  void aGuardThatBindsTheWholeSessionIsSeen() throws Exception {
    String original = platform.functionText("tenantry_guard.enter");
    String binding = "set_config('app.tenant_id', tenant::text, true)";
    assertThat(original).contains(binding);
    try (AutoCloseable _ =
            platform.asSuperuser(
                List.of(
                    original.replace(binding, "set_config('app.tenant_id', tenant::text, false)")),
                List.of(original));
        Serving leaking =
            Serving.start(
                platform.address(), platform.credentials(), Map.of("tenantry.pool.size", "1"))) {
      assertThat(codes(leaking.bean(IsolationProber.class).lookAtPair(first, second)))
          .contains(FindingCode.CONNECTION_DIRTY);
    }
  }

  @Test
  void aGuardThatRefusesEverybodyIsSeen() throws Exception {
    String original = platform.functionText("tenantry_guard.enter");
    String check = "sha256(expected) <> sha256(mac)";
    assertThat(original).contains(check);
    try (AutoCloseable _ =
        platform.asSuperuser(List.of(original.replace(check, "true")), List.of(original))) {
      assertThat(codes(found())).containsExactly(FindingCode.CAPABILITY_REFUSED);
    }
  }

  @Test
  void aLoginThatReadsOutsideOfTenantsIsSeen() throws Exception {
    try (AutoCloseable _ =
        platform.asSuperuser(
            List.of(
                "grant usage on schema tenantry_api, tenantry_guard to tenantry_app_a,"
                    + " tenantry_app_b",
                "grant execute on function tenantry_guard.current_tenant() to tenantry_app_a,"
                    + " tenantry_app_b",
                "grant select on " + PROBES + " to tenantry_app_a, tenantry_app_b"),
            List.of(
                "revoke select on " + PROBES + " from tenantry_app_a, tenantry_app_b",
                "revoke execute on function tenantry_guard.current_tenant() from tenantry_app_a,"
                    + " tenantry_app_b",
                "revoke usage on schema tenantry_api, tenantry_guard from tenantry_app_a,"
                    + " tenantry_app_b"))) {
      assertThat(codes(found())).containsExactly(FindingCode.LOGIN_POWERFUL);
    }
  }

  @Test
  void whatAnEarlierBorrowerLeftInTheSessionIsSeenAndNotGivenOn() throws Exception {
    int dirty = Bypass.run(serving, "listen somebody");
    ProbeResult result = found();
    assertThat(codes(result)).contains(FindingCode.CONNECTION_DIRTY);
    assertThat(Bypass.backend(serving)).isNotEqualTo(dirty);
  }

  @Test
  void aStatementThatSqlHasPreparedIsSeenByTheGuardAndSoByTheProber() throws Exception {
    Bypass.run(serving, "prepare somebody as select 1");
    assertThat(codes(found())).containsExactly(FindingCode.CONNECTION_DIRTY);
  }

  @Test
  void aCheckoutThatTakesTheSessionsRoleIsSeen() {
    try (Serving leaking =
        Serving.start(
            platform.address(),
            platform.credentials(),
            Map.of("tenantry.pool.size", "1"),
            Bypass.checkoutForTheSession(platform.signer()))) {
      ProbeResult result = leaking.bean(IsolationProber.class).lookAtPair(first, second);
      assertThat(codes(result)).contains(FindingCode.CONNECTION_DIRTY);
    }
  }

  /** Stands for a pooler: the server's process is another one than before. */
  @Test
  void anotherProcessOfTheServerIsAFindingUnlessAPoolerLendsProcesses() throws SQLException {
    int another = -1;
    assertThat(codes(turn(serving, another))).containsExactly(FindingCode.CONNECTION_DIRTY);
    DatabaseAddress address = platform.address();
    try (Serving pooled =
        Serving.start(
            address,
            platform.credentials(),
            Map.of(
                "tenantry.pool.size",
                "1",
                "tenantry.pooler.kind",
                "pgbouncer-unprepared",
                "tenantry.pooler.host",
                address.host(),
                "tenantry.pooler.port",
                address.port()))) {
      assertThat(turn(pooled, another).findings()).isEmpty();
    }
  }

  private static ProbeResult turn(Serving on, int expected) throws SQLException {
    Seen seen = new Seen();
    try (SharedBackend backend = on.bean(SharedBackends.class).borrow()) {
      new Turn(backend, first, second, seen).take(Ending.COMMIT, expected);
    }
    return new ProbeResult(seen.all(), "");
  }

  @Test
  void aLookFromInsideATenantFindsItsNeighboursOutOfReach() throws Exception {
    IsolationProber prober = serving.bean(IsolationProber.class);
    assertThat(prober.lookInside(first, second)).isEqualTo(new ProbeResult(List.of(), ""));
    try (AutoCloseable _ =
        platform.asSuperuser(
            List.of("alter table " + PROBES + " disable row level security"),
            List.of("alter table " + PROBES + " enable row level security"))) {
      assertThat(codes(prober.lookInside(first, second)))
          .containsExactly(FindingCode.FOREIGN_ROW_VISIBLE);
    }
  }

  @Test
  void aCapabilityThatWasLateIsFollowedByAnother() {
    SlowClock clock = SlowClock.behind(60, 0);
    ProbeResult result = lookBy(clock);
    assertThat(result.findings()).isEmpty();
    assertThat(result.whyNot()).doesNotContain("capability");
    assertThat(clock.isRight()).isTrue();
  }

  @Test
  void whereOneOfTwoRefusedCapabilitiesWasLateNothingIsSeen() {
    for (SlowClock clock : List.of(SlowClock.behind(60, 0, 60, 60), SlowClock.behind(60, 60, 60))) {
      ProbeResult result = lookBy(clock);
      assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(result.whyNot()).contains("capability");
      assertThat(clock.isRight()).isTrue();
    }
  }

  @Test
  void aClockThatIsBehindAllTheTimeIsNoSlownessAndSeen() {
    InstantSource late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));
    assertThat(codes(lookBy(late))).containsExactly(FindingCode.CAPABILITY_REFUSED);
  }

  private static ProbeResult lookBy(InstantSource clock) {
    CapabilitySigner signer =
        new CapabilitySigner(
            platform.credentials()::capabilityKey, clock, Duration.ofSeconds(4), DATABASE);
    try (Serving slow =
        Serving.start(
            platform.address(),
            platform.credentials(),
            Map.of("tenantry.pool.size", "1"),
            Bypass.checkoutBy(signer))) {
      return slow.bean(IsolationProber.class).lookAtPair(first, second);
    }
  }

  @Test
  void anErrorIsNoFindingAndEndsNobody() {
    WayIn broken =
        (_, _, _) -> {
          throw new StackOverflowError();
        };
    ProbeResult result =
        new IsolationProber(List.of(broken), serving.bean(PooledWay.class))
            .lookAtPair(first, second);
    assertThat(result).isEqualTo(new ProbeResult(List.of(), "StackOverflowError."));
  }

  @Test
  void aPoolWhoseConnectionsAreAllInUseIsNoFinding() throws Exception {
    try (Serving busy =
            Serving.start(
                platform.address(),
                platform.credentials(),
                Map.of("tenantry.pool.size", "1", "tenantry.pool.connection-timeout", "250ms"));
        AutoCloseable _ = HeldConnections.all(busy, 1)) {
      ProbeResult result = busy.bean(IsolationProber.class).lookAtPair(first, second);
      assertThat(result.findings()).isEmpty();
      assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(result.whyNot()).isNotEmpty();
    }
  }

  @Test
  void aDatabaseThatIsAwayIsNoFinding() {
    try (Serving away =
        Serving.start(
            new DatabaseAddress("127.0.0.1", 1, "nowhere", "disable"),
            platform.credentials(),
            Map.of("tenantry.pool.connection-timeout", "250ms"))) {
      ProbeResult result = away.bean(IsolationProber.class).lookAtPair(first, second);
      assertThat(result.findings()).isEmpty();
      assertThat(result.outcome()).isEqualTo(Outcome.SKIPPED);
    }
  }

  /** A look that came to its end: a slow machine may have no time for one. */
  private static ProbeResult clean(TenantId one, TenantId other) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> serving.bean(IsolationProber.class).lookAtPair(one, other),
            result -> result.outcome() != Outcome.SKIPPED);
  }

  private static ProbeResult found() {
    ProbeResult result = clean(first, second);
    assertThat(result.outcome()).isEqualTo(Outcome.FINDING);
    assertThat(result.findings()).allMatch(Finding::unsafe);
    return result;
  }

  private static List<FindingCode> codes(ProbeResult result) {
    return result.findings().stream().map(Finding::code).distinct().toList();
  }
}

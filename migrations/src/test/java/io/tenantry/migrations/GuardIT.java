package io.tenantry.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.Capability;
import io.tenantry.tenancy.capability.CapabilityKey;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGStatement;

class GuardIT {

  private static final String SEEN = "select tenant_id from tenantry_api.api_isolation_probes";
  private static final String WAITS =
      "select current_setting('lock_timeout'), current_setting('statement_timeout')";
  private static final String REFUSED = "42501";
  private static final String DIRTY = "57P01";

  private final TestPlatform platform = TestPlatform.installed("guard");
  private final TenantId acme = platform.provisioner().provisionNow("acme", "Acme").id();
  private final TenantId globex = platform.provisioner().provisionNow("globex", "Globex").id();
  private final Connection runtime;

  GuardIT() throws SQLException {
    runtime = platform.login("tenantry_app_a");
    runtime.setAutoCommit(false);
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(
          superuser,
          "insert into %s.desk_orders (tenant_id, id, symbol, side, order_type, quantity) values"
                  .formatted(TenantNames.schema(globex))
              + " ('%1$s', '%1$s', 'X', 'BUY', 'MARKET', 1) on conflict do nothing"
                  .formatted(globex));
    }
  }

  @AfterEach
  void disconnect() throws SQLException {
    runtime.close();
  }

  @Test
  void aSignedCapabilityIsAcceptedAndGoneWithTheTransaction() throws SQLException {
    for (boolean commit : new boolean[] {true, false}) {
      take(acme);
      TestPlatform.enter(runtime, platform.signer().sign(acme));
      assertThat(TestPlatform.rows(runtime, SEEN)).containsExactly(acme.toString());
      assertThat(
              TestPlatform.rows(
                  runtime,
                  "select current_setting('backtrace_functions'), current_setting('app.tenant_id'),"
                      + " current_setting('statement_timeout'), current_setting('lock_timeout')"))
          .containsExactly(acme.hex() + "|" + acme + "|10s|2s");
      if (commit) {
        runtime.commit();
      } else {
        runtime.rollback();
      }
      assertThat(
              TestPlatform.rows(
                  runtime,
                  "select current_setting('role'), current_setting('backtrace_functions'),"
                      + " current_setting('app.tenant_id', true),"
                      + " current_setting('statement_timeout'), current_setting('lock_timeout')"))
          .containsExactly("none|||0|0");
    }
  }

  @Test
  void theSameTenantMayBeEnteredTwiceButNoSecondOne() throws SQLException {
    try (Connection owner = owner()) {
      TestPlatform.enter(owner, platform.signer().sign(acme));
      TestPlatform.enter(owner, platform.signer().sign(acme));
      refused(owner, REFUSED, "bound", platform.signer().sign(globex));
    }
  }

  @Test
  void aWrongCodeIsRefused() throws SQLException {
    take(acme);
    CapabilityKey other =
        new CapabilityKey(platform.credentials().capabilityKey().id(), new byte[32]);
    refused(runtime, REFUSED, "code", signer(other, Instant.now(), 4, "guard").sign(acme));
  }

  @Test
  void anUnknownKeyIsRefusedForTheSameReasonAsAWrongCode() throws SQLException {
    take(acme);
    CapabilityKey other = new CapabilityKey(77, new byte[32]);
    refused(runtime, REFUSED, "code", signer(other, Instant.now(), 4, "guard").sign(acme));
  }

  @Test
  void aCapabilityOfAnotherDatabaseIsRefused() throws SQLException {
    take(acme);
    refused(runtime, REFUSED, "code", signer(key(), Instant.now(), 4, "other").sign(acme));
  }

  @Test
  void anExpiredOneIsRefusedAndOneThatLivesTooLongToo() throws SQLException {
    take(acme);
    Savepoint start = runtime.setSavepoint();
    refused(
        runtime,
        REFUSED,
        "expiry",
        signer(key(), Instant.now().minusSeconds(5), 4, "guard").sign(acme));
    runtime.rollback(start);
    refused(
        runtime,
        REFUSED,
        "expiry",
        signer(key(), Instant.now().plusSeconds(5), 4, "guard").sign(acme));
  }

  @Test
  void aReplayWorksUntilItExpiresAndNotAfter() throws SQLException {
    Capability capability = signer(key(), Instant.now().plusSeconds(1), 1, "guard").sign(acme);
    take(acme);
    TestPlatform.enter(runtime, capability);
    runtime.commit();
    await()
        .atMost(Duration.ofSeconds(6))
        .untilAsserted(
            () -> {
              runtime.rollback();
              take(acme);
              refused(runtime, REFUSED, "expiry", capability);
            });
  }

  @Test
  void theRoleOfAnotherTenantIsRefused() throws SQLException {
    take(globex);
    refused(runtime, REFUSED, "role", platform.signer().sign(acme));
  }

  @Test
  void aLoginThatTookNoRoleMayNotEvenCall() throws SQLException {
    assertThatThrownBy(() -> TestPlatform.enter(runtime, platform.signer().sign(acme)))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(REFUSED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null, 1, 1, '\\x00', 1, 1",
        "'%s', null, 1, '\\x00', 1, 1",
        "'%s', 1, null, '\\x00', 1, 1",
        "'%s', 1, 1, null, 1, 1",
        "'%s', 1, 1, '\\x00', null, 1",
        "'%s', 1, 1, '\\x00', 1, null",
        "'%s', 1, 1, '\\x00', 0, 1",
        "'%s', 1, 1, '\\x00', 1, 0",
        "'%s', 1, 1, '\\x00', -1, 1"
      })
  void nothingMayBeMissing(String arguments) throws SQLException {
    take(acme);
    assertThatThrownBy(
            () ->
                TestPlatform.execute(
                    runtime,
                    "select tenantry_guard.enter("
                        + arguments.replace("%s", acme.toString())
                        + ")"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(REFUSED))
        .hasMessageContaining("arguments");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prepare left_behind as select 1",
        "declare c cursor with hold for select 1",
        "listen something"
      })
  void aSessionThatSqlHasLeftSomethingInIsRefused(String left) throws SQLException {
    TestPlatform.execute(runtime, left);
    runtime.commit();
    take(acme);
    refused(runtime, DIRTY, "not clean", platform.signer().sign(acme));
  }

  @Test
  void aSessionWithATemporarySchemaIsRefused() throws SQLException {
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, "create temp table t (id int)");
      superuser.setAutoCommit(false);
      TestPlatform.execute(superuser, "set local role " + TenantNames.role(acme));
      refused(superuser, DIRTY, "not clean", platform.signer().sign(acme));
    }
  }

  @Test
  void theDriversOwnPreparedStatementsAreNotDirt() throws SQLException {
    for (int i = 0; i < 10; i++) {
      take(acme);
      TestPlatform.enter(runtime, platform.signer().sign(acme));
      try (PreparedStatement statement = runtime.prepareStatement(SEEN)) {
        PGStatement driver = statement.unwrap(PGStatement.class);
        driver.setPrepareThreshold(1);
        statement.executeQuery().close();
        assertThat(driver.isUseServerPrepare()).isTrue();
      }
      runtime.commit();
    }
  }

  @Test
  void whatTheDriverPreparedForANeighbourIsNotListed() throws SQLException {
    take(globex);
    TestPlatform.enter(runtime, platform.signer().sign(globex));
    try (PreparedStatement statement = runtime.prepareStatement(SEEN)) {
      statement.unwrap(PGStatement.class).setPrepareThreshold(1);
      statement.executeQuery().close();
    }
    runtime.commit();
    take(acme);
    TestPlatform.enter(runtime, platform.signer().sign(acme));
    assertThatThrownBy(
            () -> TestPlatform.rows(runtime, "select statement from pg_prepared_statements"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(REFUSED));
  }

  /** The order that the forgeries below look for is there to be seen. */
  @Test
  void theNeighbourSeesItsOwnOrder() throws SQLException {
    take(globex);
    TestPlatform.enter(runtime, platform.signer().sign(globex));
    assertThat(
            TestPlatform.rows(
                runtime, "select id from " + TenantNames.schema(globex) + ".desk_orders"))
        .containsExactly(globex.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set backtrace_functions = '%s'",
        "set local backtrace_functions = '%s'",
        "set session backtrace_functions to '%s'",
        "reset backtrace_functions",
        "set backtrace_functions to default",
        "reset all",
        "select set_config('backtrace_functions', '%s', true)",
        "select pg_catalog.set_config('backtrace_functions', '%s', false)",
        "update pg_settings set setting = '%s' where name = 'backtrace_functions'",
        "alter role current_user set backtrace_functions = '%s'",
        "alter database guard set backtrace_functions = '%s'",
        "alter system set backtrace_functions = '%s'",
        "create function pg_temp.f() returns void language sql set backtrace_functions = '%s' as"
            + " ''",
        "do $$ begin perform set_config('backtrace_functions', '%s', true); end $$",
        "select query_to_xml('set backtrace_functions = ''%s''', true, true, '')",
        "set session authorization tenantry_owner",
        "set local role tenantry_owner",
        "set local role tenantry_guard",
        "set local app.tenant_id = '%s'",
        "set local role app_tenant_%s",
        "reset role",
        "set row_security = off"
      })
  void noSqlMakesTheTransactionAnotherTenants(String forgery) throws SQLException {
    take(acme);
    TestPlatform.enter(runtime, platform.signer().sign(acme));
    Savepoint before = runtime.setSavepoint();
    try {
      TestPlatform.execute(runtime, forgery.replace("%s", globex.hex()));
      TestPlatform.execute(runtime, "set local app.tenant_id = '" + globex + "'");
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isIn(REFUSED, "25001", "0A000");
      runtime.rollback(before);
      assertThat(TestPlatform.rows(runtime, SEEN)).containsExactly(acme.toString());
      return;
    }
    // The statement itself is allowed: it hides everything, or takes the right to look away.
    try {
      assertThat(TestPlatform.rows(runtime, SEEN)).isEmpty();
      assertThat(
              TestPlatform.rows(
                  runtime, "select id from " + TenantNames.schema(globex) + ".desk_orders"))
          .isEmpty();
    } catch (SQLException e) {
      assertThat(e.getSQLState()).isEqualTo(REFUSED);
    }
  }

  @Test
  void theTenantIsComparedByValueNotBySpelling() throws SQLException {
    take(acme);
    TestPlatform.enter(runtime, platform.signer().sign(acme));
    TestPlatform.execute(
        runtime, "set local app.tenant_id = '" + acme.toString().toUpperCase(Locale.ROOT) + "'");
    assertThat(TestPlatform.rows(runtime, SEEN)).containsExactly(acme.toString());
  }

  @Test
  void theOwnerSeesNoRowWithoutEntering() throws SQLException {
    try (Connection owner = owner()) {
      assertThat(TestPlatform.rows(owner, SEEN)).isEmpty();
      TestPlatform.enter(owner, platform.signer().sign(globex));
      assertThat(TestPlatform.rows(owner, SEEN)).containsExactly(globex.toString());
    }
  }

  @Test
  void aNeighboursSchemaIsOutOfReach() throws SQLException {
    take(acme);
    TestPlatform.enter(runtime, platform.signer().sign(acme));
    for (String sql :
        List.of(
            "select from %s.desk_orders",
            "delete from %s.desk_orders", "lock table %s.desk_orders")) {
      Savepoint before = runtime.setSavepoint();
      assertThatThrownBy(
              () -> TestPlatform.execute(runtime, sql.replace("%s", TenantNames.schema(globex))))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(REFUSED));
      runtime.rollback(before);
    }
  }

  @Test
  void thePolicyIsEvaluatedOncePerStatementAndInlined() throws SQLException {
    take(acme);
    TestPlatform.enter(runtime, platform.signer().sign(acme));
    assertThat(String.join("\n", TestPlatform.rows(runtime, "explain (verbose) " + SEEN)))
        .contains("InitPlan", "current_setting('backtrace_functions'")
        .doesNotContain("current_tenant()");
  }

  @Test
  void howLongLocksAreWaitedForEndsWithTheTransaction() throws SQLException {
    for (boolean commit : new boolean[] {true, false}) {
      take(acme);
      TestPlatform.enter(runtime, platform.signer().sign(acme));
      assertThat(TestPlatform.rows(runtime, "select tenantry_guard.wait_for_locks(100)"))
          .containsExactly("t");
      assertThat(TestPlatform.rows(runtime, WAITS)).containsExactly("100ms|10s");
      if (commit) {
        runtime.commit();
      } else {
        runtime.rollback();
      }
      assertThat(TestPlatform.rows(runtime, WAITS)).containsExactly("0|0");
      runtime.rollback();
    }
  }

  @Test
  void howLongLocksAreWaitedForChangesNeitherTenantNorWhatIsSeen() throws SQLException {
    take(acme);
    TestPlatform.enter(runtime, platform.signer().sign(acme));
    TestPlatform.execute(runtime, "select tenantry_guard.wait_for_locks(60000)");
    assertThat(TestPlatform.rows(runtime, SEEN)).containsExactly(acme.toString());
    assertThat(TestPlatform.rows(runtime, "select current_user, current_setting('search_path')"))
        .containsExactly(TenantNames.role(acme) + "|\"$user\", public");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "60001", "null"})
  void locksAreNeverWaitedForWithoutEnd(String milliseconds) throws SQLException {
    take(acme);
    assertThat(stateOf("select tenantry_guard.wait_for_locks(" + milliseconds + ")"))
        .isEqualTo("22023");
  }

  @Test
  void onlyATenantMaySayHowLongLocksAreWaitedFor() throws SQLException {
    assertThat(stateOf("select tenantry_guard.wait_for_locks(100)")).isEqualTo(REFUSED);
    try (Connection superuser = platform.superuser()) {
      assertThat(
              TestPlatform.rows(
                  superuser,
                  """
                  select a.grantee::regrole from pg_proc p, aclexplode(p.proacl) a
                  where p.oid = 'tenantry_guard.wait_for_locks(int)'::regprocedure
                  order by a.grantee::regrole::text
                  """))
          .containsExactly("tenantry_guard", "tenantry_tenant");
    }
  }

  private String stateOf(String sql) {
    return assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> TestPlatform.execute(runtime, sql))
        .actual()
        .getSQLState();
  }

  private void take(TenantId tenant) throws SQLException {
    TestPlatform.execute(runtime, "set local role " + TenantNames.role(tenant));
  }

  private Connection owner() throws SQLException {
    Connection connection = platform.login("tenantry_migrator");
    connection.setAutoCommit(false);
    TestPlatform.execute(connection, "set local role tenantry_owner");
    return connection;
  }

  private CapabilityKey key() {
    return platform.credentials().capabilityKey();
  }

  private static CapabilitySigner signer(
      CapabilityKey key, Instant now, int lifetime, String audience) {
    return new CapabilitySigner(
        () -> key, InstantSource.fixed(now), Duration.ofSeconds(lifetime), audience);
  }

  private static void refused(
      Connection connection, String sqlState, String reason, Capability capability) {
    assertThatThrownBy(() -> TestPlatform.enter(connection, capability))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState))
        .hasMessageContaining(reason);
  }
}

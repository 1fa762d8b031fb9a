package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static io.tenantry.persistence.connection.Fixture.GLOBEX;
import static io.tenantry.persistence.connection.Fixture.PLATFORM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.prober.IsolationProber;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testkit.PgBouncer;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds behind a pooler that lends its one session by the transaction, and what would not
 * without our settings. Needs an installed PgBouncer, so it runs in {@code make test.pgbouncer} and
 * not in every suite.
 */
class PgBouncerProof {

  private static PgBouncer pooler;
  private static Serving serving;

  @BeforeAll
  static void start() {
    pooler = PgBouncer.start(TestPostgres.shared(), 1);
    pooler.admit(PLATFORM.address().database());
    serving = serve(Map.of());
  }

  @AfterAll
  static void stop() {
    serving.close();
    pooler.close();
  }

  private static Serving serve(Map<String, Object> more) {
    Map<String, Object> settings =
        new HashMap<>(
            Map.of(
                "tenantry.pool.size",
                "4",
                "tenantry.pooler.kind",
                "pgbouncer-unprepared",
                "tenantry.pooler.host",
                pooler.host(),
                "tenantry.pooler.port",
                pooler.port()));
    settings.putAll(more);
    return Serving.start(PLATFORM.address(), PLATFORM.credentials(), settings);
  }

  @Test
  void tenantsTakeTurnsOnOneSessionAndLeaveNothingInIt() throws SQLException {
    String title = "pooled " + UUID.randomUUID();
    int backend = serving.write(ACME, () -> writeAndTellBackend(ACME, title));
    for (int i = 0; i < 20; i++) {
      TenantId tenant = i % 2 == 0 ? GLOBEX : ACME;
      int own = tenant.equals(ACME) ? 1 : 0;
      assertThat(serving.read(tenant, () -> Fixture.reports(serving, title))).isEqualTo(own);
      assertThat(serving.read(tenant, () -> Fixture.backend(serving))).isEqualTo(backend);
    }
    assertThat(Backend.look(serving.bean(ServingPool.class))).isEqualTo(Backend.clean(backend));
  }

  @Test
  void aReadOnlyTransactionIsReadOnlyInTheDatabase() {
    Throwable failure =
        catchThrowable(
            () -> serving.read(ACME, () -> Fixture.insertReport(serving, ACME, "read-only")));
    assertThat(Fixture.sqlState(failure)).isEqualTo("25006");
    assertThat(serving.write(ACME, () -> Fixture.insertReport(serving, ACME, "pooled"))).isOne();
  }

  /** Closing the connection does not end the pooler's session: without clearing it, none enters. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "prepare planted as select 1",
        "listen planted",
        "declare planted cursor with hold for select 1"
      })
  void aSessionThatSqlHasLeftDirtyIsRefusedOnceAndThenServesAgain(String sql) throws SQLException {
    ServingPool pool = serving.bean(ServingPool.class);
    int backend = serving.read(ACME, () -> Fixture.backend(serving));
    assertThat(Backend.asLogin(pool, sql)).isNull();
    Throwable failure = catchThrowable(() -> serving.read(ACME, () -> Fixture.backend(serving)));
    assertThat(Fixture.sqlState(failure)).isEqualTo("57P01");
    assertThat(serving.read(GLOBEX, () -> Fixture.backend(serving))).isEqualTo(backend);
    assertThat(Backend.look(pool)).isEqualTo(Backend.clean(backend));
  }

  @Test
  void aDirtySessionWouldRefuseEverybodyIfNobodyClearedIt() throws SQLException {
    assertThat(Backend.asLogin(serving.bean(ServingPool.class), "prepare planted as select 1"))
        .isNull();
    TenantCheckout checkout = new TenantCheckout(PLATFORM.signer(), Probe.TIMEOUT, Probe.TIMEOUT);
    for (int i = 0; i < 3; i++) {
      // As a client does that knows of no pooler: it closes the connection.
      try (Connection client = asLogin("prepareThreshold=0")) {
        client.setAutoCommit(false);
        assertThat(Fixture.sqlState(catchThrowable(() -> checkout.enter(client, ACME))))
            .isEqualTo("57P01");
        client.rollback();
      }
    }
    clearSession();
    assertThat(serving.read(ACME, () -> Fixture.backend(serving))).isPositive();
  }

  @Test
  void aSessionLevelRoleReachesTheNextClientWhichIsWhyOursEndsWithItsTransaction()
      throws SQLException {
    try (Connection one = asLogin("prepareThreshold=0");
        Statement statement = one.createStatement()) {
      statement.execute("set role tenantry_app");
    }
    try (Connection next = asLogin("prepareThreshold=0");
        Statement statement = next.createStatement()) {
      try (var row = statement.executeQuery("select current_setting('role')")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("tenantry_app");
      }
      statement.execute("reset role");
    }
  }

  @Test
  void optionsAtTheConnectAreRefusedWhichIsWhyNoneAreSent() {
    assertThatThrownBy(() -> asLogin("options=-c%20search_path=pg_catalog").close())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08P01"));
  }

  @Test
  void namedStatementsOfTwoClientsCollideWhichIsWhyNoneAreNamed() throws SQLException {
    try (Connection one = asLogin("prepareThreshold=1");
        Connection two = asLogin("prepareThreshold=1")) {
      query(one, "select 1, ?::int");
      assertThatThrownBy(() -> query(two, "select 2, ?::int"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42P05"));
    } finally {
      clearSession();
    }
  }

  @Test
  void aBackendThatIsKilledCostsItsRequestAndNoOther() {
    int backend = serving.read(ACME, () -> Fixture.backend(serving));
    Throwable failure =
        catchThrowable(
            () ->
                serving.read(
                    ACME,
                    () -> {
                      Fixture.terminate(Fixture.backend(serving));
                      return Fixture.backend(serving);
                    }));
    assertThat(failure).isNotNull();
    assertThat(serving.read(ACME, () -> Fixture.backend(serving))).isNotEqualTo(backend);
  }

  @Test
  void aLookWhoseTransactionsGetSeveralSessionsFindsNothing() {
    try (PgBouncer several = PgBouncer.start(TestPostgres.shared(), 4)) {
      several.admit(PLATFORM.address().database());
      try (Serving behind = serve(Map.of("tenantry.pooler.port", several.port()));
          ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
        AtomicBoolean on = new AtomicBoolean(true);
        Set<Integer> sessions = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 3; i++) {
          others.execute(
              () -> {
                while (on.get()) {
                  sessions.add(behind.read(ACME, () -> Fixture.backend(behind)));
                }
              });
        }
        try {
          IsolationProber prober = behind.bean(IsolationProber.class);
          Awaitility.await().until(() -> sessions.size() > 1);
          for (int i = 0; i < 5; i++) {
            assertThat(prober.lookAtPair(ACME, GLOBEX).findings()).isEmpty();
          }
        } finally {
          on.set(false);
        }
      }
    }
  }

  @Test
  void theLookupTellsNoVerifierButTheRuntimeLogins() throws SQLException {
    try (Connection superuser = TestPostgres.shared().connectAsSuperuser(Fixture.DATABASE);
        Statement statement = superuser.createStatement()) {
      statement.execute("set role tenantry_pooler");
      try (var row =
          statement.executeQuery(
              "select string_agg(v.name, ' ' order by v.name)"
                  + " from pg_roles r, tenantry_pooler.verifier(r.rolname::text) v")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("tenantry_app_a tenantry_app_b");
      }
      assertThatThrownBy(() -> statement.executeQuery("select rolpassword from pg_authid"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
  }

  private static int writeAndTellBackend(TenantId tenant, String title) {
    assertThat(Fixture.insertReport(serving, tenant, title)).isOne();
    return Fixture.backend(serving);
  }

  private static void query(Connection connection, String sql) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, 1);
      statement.executeQuery().close();
    }
  }

  /** What the driver prepared by name stays in the pooler's session, too. */
  private static void clearSession() throws SQLException {
    try (Connection one = asLogin("prepareThreshold=0");
        Statement statement = one.createStatement()) {
      statement.execute("deallocate all");
    }
  }

  private static Connection asLogin(String parameters) throws SQLException {
    var login = PLATFORM.credentials().login("tenantry_app_a");
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s?sslmode=disable&%s"
            .formatted(pooler.host(), pooler.port(), Fixture.DATABASE, parameters),
        login.user(),
        login.password());
  }
}

package io.tenantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The counting is proven with the driver whose traffic it is going to count. */
class ProtocolProxyIT {
  private final TestPostgres postgres = TestPostgres.shared();
  private final ProtocolProxy proxy = ProtocolProxy.open(postgres.host(), postgres.port());
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = connect("extended");
    proxy.reset();
  }

  @AfterEach
  void close() throws SQLException {
    proxy.resume();
    connection.close();
    proxy.close();
  }

  @Test
  void aSelectInAutocommitIsOneRoundTrip() throws SQLException {
    select("select 1");
    Traffic traffic = proxy.traffic();
    assertThat(traffic.roundTrips()).isEqualTo(1);
    assertThat(traffic.readyForQuery()).isEqualTo(1);
    assertThat(traffic.statements()).containsExactly("select 1");
    assertThat(traffic.count('P')).isEqualTo(1);
    assertThat(traffic.count('B')).isEqualTo(1);
    assertThat(traffic.count('E')).isEqualTo(1);
    assertThat(traffic.count('Q')).isZero();
  }

  @Test
  void aSelectAndACommitAreTwoRoundTripsSinceBeginTravelsWithTheSelect() throws SQLException {
    connection.setAutoCommit(false);
    assertThat(proxy.traffic().roundTrips()).isZero();
    select("select 1");
    connection.commit();
    Traffic traffic = proxy.traffic();
    assertThat(traffic.roundTrips()).isEqualTo(2);
    // BEGIN is a request of its own, but nobody waits for its answer.
    assertThat(traffic.requests()).isEqualTo(3);
    assertThat(traffic.readyForQuery()).isEqualTo(3);
    assertThat(traffic.count('Q')).isEqualTo(1);
    assertThat(traffic.statements()).containsExactly("BEGIN", "select 1", "COMMIT");
  }

  @Test
  void aBeginThatIsWaitedForIsARoundTripOfItsOwn() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("begin");
      statement.execute("select 1");
      statement.execute("commit");
    }
    assertThat(proxy.traffic().roundTrips()).isEqualTo(3);
    assertThat(proxy.traffic().requests()).isEqualTo(3);
  }

  @Test
  void theCountIsTheSameEveryTime() throws SQLException {
    connection.setAutoCommit(false);
    for (int i = 0; i < 500; i++) {
      select("select length('" + "x".repeat(i * 10) + "')");
      connection.commit();
    }
    assertThat(proxy.traffic().roundTrips()).isEqualTo(2 * 500);
    assertThat(proxy.traffic().requests()).isEqualTo(3 * 500);
    assertThat(proxy.traffic().readyForQuery()).isEqualTo(3 * 500);
  }

  @Test
  void aBatchIsOneRoundTripWithManyExecutes() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create temporary table numbers (n int)");
    }
    proxy.reset();
    try (PreparedStatement insert = connection.prepareStatement("insert into numbers values (?)")) {
      for (int i = 0; i < 10; i++) {
        insert.setInt(1, i);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    assertThat(proxy.traffic().count('E')).isEqualTo(10);
    assertThat(proxy.traffic().roundTrips()).isEqualTo(1);
    assertThat(proxy.traffic().readyForQuery()).isEqualTo(proxy.traffic().requests());
  }

  @Test
  void simpleQueriesAreRoundTripsToo() throws SQLException {
    try (Connection simple = connect("simple")) {
      proxy.reset();
      try (Statement statement = simple.createStatement()) {
        statement.execute("select 1; select '\u00e4'");
      }
      Traffic traffic = proxy.traffic();
      assertThat(traffic.roundTrips()).isEqualTo(1);
      assertThat(traffic.readyForQuery()).isEqualTo(1);
      assertThat(traffic.count('Q')).isEqualTo(1);
      assertThat(traffic.statements()).singleElement().asString().contains("'\u00e4'");
    }
  }

  @Test
  void aFailedStatementIsARoundTripAndTheConnectionGoesOn() throws SQLException {
    assertThatThrownBy(() -> select("select 1 / 0")).isInstanceOf(SQLException.class);
    select("select 2");
    assertThat(proxy.traffic().roundTrips()).isEqualTo(2);
    assertThat(proxy.traffic().readyForQuery()).isEqualTo(2);
  }

  @Test
  void bigMessagesPassUnchangedBothWays() throws SQLException {
    String big = "x".repeat(3_000_000);
    try (PreparedStatement echo = connection.prepareStatement("select ?::text")) {
      echo.setString(1, big);
      try (ResultSet rows = echo.executeQuery()) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo(big);
      }
    }
  }

  @Test
  void eachConnectionHasNumbersOfItsOwn() throws SQLException {
    try (Connection second = connect("extended")) {
      proxy.reset();
      select("select 1");
      try (Statement statement = second.createStatement()) {
        statement.execute("select 2");
        statement.execute("select 3");
      }
      assertThat(proxy.connections()).extracting(Traffic::roundTrips).containsExactly(1, 2);
      assertThat(proxy.traffic().statements()).containsExactly("select 1", "select 2", "select 3");
    }
  }

  @Test
  void aSnapshotDoesNotChangeAndResetBeginsAnew() throws SQLException {
    Traffic before = proxy.traffic();
    select("select 1");
    assertThat(before.roundTrips()).isZero();
    proxy.reset();
    assertThat(proxy.traffic()).isEqualTo(before);
    assertThat(proxy.connections()).containsExactly(before);
  }

  @Test
  void cutBreaksWhatIsOpenAndNewConnectionsWork() throws SQLException {
    proxy.cut();
    assertThatThrownBy(() -> select("select 1"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    try (Connection again = connect("extended")) {
      assertThat(again.isValid(5)).isTrue();
    }
  }

  @Test
  void pauseHoldsAStatementBackUntilResume() throws Exception {
    proxy.pause();
    CompletableFuture<Integer> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return select("select 5");
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThatThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    assertThat(proxy.traffic().readyForQuery()).isZero();
    proxy.resume();
    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(5);
  }

  @Test
  void theServersLastWordsReachTheClient() throws SQLException {
    int pid = select("select pg_backend_pid()");
    try (Connection admin = postgres.connectAsSuperuser("postgres");
        PreparedStatement end = admin.prepareStatement("select pg_terminate_backend(?, 5000)")) {
      end.setInt(1, pid);
      end.execute();
    }
    assertThatThrownBy(() -> select("select 1"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
  }

  @Test
  void aCancelPassesThrough() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.execute("select pg_sleep(30)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
    }
  }

  @Test
  void withoutAServerBehindItConnectionsFail() {
    try (ProtocolProxy nowhere = ProtocolProxy.open("127.0.0.1", 1)) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(nowhere.jdbcUrl("postgres"), "postgres", "none"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    }
  }

  private Connection connect(String mode) throws SQLException {
    return DriverManager.getConnection(
        proxy.jdbcUrl("postgres") + "?preferQueryMode=" + mode,
        postgres.superuser(),
        postgres.superuserPassword());
  }

  private int select(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}

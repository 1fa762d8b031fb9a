package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static io.tenantry.persistence.connection.Fixture.GLOBEX;
import static io.tenantry.persistence.connection.Fixture.insertReport;
import static io.tenantry.persistence.connection.Fixture.reports;
import static io.tenantry.persistence.connection.Fixture.sqlState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.tenantry.persistence.Serving;
import io.tenantry.persistence.failure.DatabaseFailures;
import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import io.tenantry.testkit.SeenCodes;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A tenant has the connection for one transaction. The pool has one connection, so whatever a
 * transaction left behind is there for the next one to see; after each test the session is clean.
 */
class FencedConnectionIT {

  private static final String SLOW =
      "select count(*) from generate_series(1, 30000) a, generate_series(1, 30000) b";

  private static Serving serving;
  private static ServingPool pool;
  private int backend;

  @BeforeAll
  static void start() {
    serving = Fixture.startWithOneConnection();
    pool = serving.bean(ServingPool.class);
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  /** Of the same backend, unless the test says that it was thrown away. */
  @AfterEach
  void nothingIsLeftAndTheBareLoginReadsNothing() throws SQLException {
    Backend seen = Backend.look(pool);
    assertThat(seen).isEqualTo(Backend.clean(backend == 0 ? seen.pid() : backend));
    assertThat(Backend.asLogin(pool, "select count(*) from tenantry_api.research_reports"))
        .isEqualTo("42501");
    String orders = TenantNames.schema(ACME) + ".desk_orders";
    assertThat(Backend.asLogin(pool, "select count(*) from " + orders)).isEqualTo("42501");
  }

  // Read-only.

  @Test
  void aReadOnlyTransactionIsReadOnlyInTheDatabase() {
    assertThat(sqlState(catchThrowable(() -> serving.read(ACME, () -> write("plain")))))
        .isEqualTo("25006");
    String text =
        "insert into tenantry_api.research_reports (tenant_id, id, title, body) values ('"
            + ACME
            + "', '"
            + UUID.randomUUID()
            + "', 'native', 'body')";
    EntityManager entities = serving.bean(EntityManager.class);
    ThrowingCallable write =
        () -> serving.read(ACME, () -> entities.createNativeQuery(text).executeUpdate());
    assertThat(sqlState(catchThrowable(write))).isEqualTo("25006");
  }

  @Test
  void aWritableTransactionIsWritableAlsoAfterAReadOnlyOne() {
    assertThat(serving.read(ACME, () -> setting("transaction_read_only"))).isEqualTo("on");
    assertThat(serving.write(ACME, () -> setting("transaction_read_only"))).isEqualTo("off");
    assertThat(serving.write(ACME, () -> write("writable"))).isEqualTo(1);
    assertThat(serving.read(ACME, () -> reports(serving, "writable"))).isEqualTo(1);
  }

  // What a transaction leaves behind: see nothingIsLeftAndTheBareLoginReadsNothing.

  @Test
  void nothingIsLeftAfterACommit() {
    backend = serving.write(ACME, this::writeAndTellBackend);
  }

  @Test
  void nothingIsLeftAfterAnExceptionInTheMiddleAndNothingIsWritten() {
    AtomicReference<Integer> seen = new AtomicReference<>();
    assertThatThrownBy(
            () ->
                serving.write(
                    ACME,
                    () -> {
                      seen.set(writeAndTellBackend());
                      assertThat(write("gone")).isEqualTo(1);
                      throw new IllegalStateException("in the middle");
                    }))
        .hasMessage("in the middle");
    backend = seen.get();
    assertThat(serving.read(ACME, () -> reports(serving, "gone"))).isZero();
  }

  @Test
  void nothingIsLeftAfterAFailedStatement() {
    backend = serving.write(ACME, this::writeAndTellBackend);
    assertThat(state(() -> serving.write(ACME, () -> query("select 1 / 0")))).isEqualTo("22012");
  }

  @Test
  void nothingIsLeftAfterAStatementTimeout() {
    backend = serving.write(ACME, this::writeAndTellBackend);
    ThrowingCallable slow =
        () ->
            RequestDeadline.<String, RuntimeException>call(
                Duration.ofSeconds(2), () -> serving.read(ACME, () -> query(SLOW)));
    Throwable failure = catchThrowable(slow);
    assertThat(sqlState(failure)).isEqualTo("57014");
    assertThat(DatabaseFailures.translate(failure))
        .map(TenantryException::code)
        .contains(ErrorCode.DEADLINE_EXCEEDED);
    SeenCodes.saw(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(DatabaseFailures.translate(failure))
        .map(TenantryException::detail)
        .hasValueSatisfying(
            detail -> assertThat(detail).doesNotContain("select", "generate_series", "tenant_"));
  }

  @Test
  void nothingIsLeftAfterACancelledStatement() throws SQLException {
    backend = serving.write(ACME, this::writeAndTellBackend);
    inTenant(
        ACME,
        connection -> {
          try (Statement statement = connection.createStatement()) {
            CompletableFuture<Void> cancel = CompletableFuture.runAsync(() -> cancel(statement));
            assertThat(state(() -> statement.executeQuery(SLOW))).isEqualTo("57014");
            cancel.join();
          }
        });
  }

  @Test
  void aTransactionThatComesTooLateCostsNoConnection() {
    backend = serving.write(ACME, this::writeAndTellBackend);
    ThrowingCallable late =
        () ->
            RequestDeadline.<String, RuntimeException>call(
                Duration.ZERO, () -> serving.read(ACME, () -> query("select 1")));
    assertThat(state(late)).isEqualTo("57014");
  }

  // The next tenant.

  @Test
  void theNextTenantOnTheSameBackendSeesItsOwnRowsOnlyWhoeverComesFirst() {
    String title = UUID.randomUUID().toString();
    backend = serving.write(ACME, () -> writeAndTellBackend(ACME, title));
    assertThat(serving.write(GLOBEX, () -> reports(serving, title))).isZero();
    assertThat(serving.write(GLOBEX, () -> writeAndTellBackend(GLOBEX, title))).isEqualTo(backend);
    for (TenantId tenant : List.of(ACME, GLOBEX, ACME, GLOBEX)) {
      List<UUID> owners =
          serving.read(
              tenant,
              () ->
                  serving
                      .sql()
                      .queryForList(
                          "select tenant_id from tenantry_api.research_reports where title = ?",
                          UUID.class,
                          title));
      assertThat(owners).containsExactly(tenant.value());
      assertThat(serving.read(tenant, () -> Fixture.backend(serving))).isEqualTo(backend);
    }
  }

  // After the transaction.

  @Test
  void sqlAfterACommitEntersTheTenantAnew() throws SQLException {
    AtomicReference<String> role = new AtomicReference<>();
    backend =
        serving.write(
            ACME,
            () -> {
              TransactionSynchronizationManager.registerSynchronization(
                  new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                      role.set(setting("role"));
                    }
                  });
              return writeAndTellBackend();
            });
    assertThat(role).hasValue(TenantNames.role(ACME));

    inTenant(
        ACME,
        connection -> {
          try (PreparedStatement kept =
              connection.prepareStatement("select current_setting('role')")) {
            assertThat(first(kept)).isEqualTo(TenantNames.role(ACME));
            connection.commit();
            assertThat(first(kept)).isEqualTo(TenantNames.role(ACME));
            connection.rollback();
            assertThat(first(kept)).isEqualTo(TenantNames.role(ACME));
          }
        });
  }

  @Test
  void aConnectionKeptBeyondItsTenantsBlockServesNobody() throws SQLException {
    try (Connection kept =
        TenantContext.<Connection, SQLException>call(
            ACME, () -> serving.bean(DataSource.class).getConnection())) {
      PreparedStatement statement =
          TenantContext.<PreparedStatement, SQLException>call(
              ACME, () -> kept.prepareStatement("select 1"));
      refused(ErrorCode.TENANT_CONTEXT_MISSING, kept::createStatement);
      refused(ErrorCode.TENANT_CONTEXT_MISSING, statement::executeQuery);
      TenantContext.run(
          GLOBEX,
          () -> {
            refused(ErrorCode.TENANT_CONTEXT_BOUND, kept::createStatement);
            refused(ErrorCode.TENANT_CONTEXT_BOUND, statement::executeQuery);
          });
    }
  }

  // Broken connections.

  @Test
  void aBrokenConnectionIsOfNoFurtherUseAndDoesNotCommit() throws SQLException {
    inTenant(
        ACME,
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("select pg_backend_pid()")) {
            Fixture.terminate(Integer.parseInt(first(statement)));
            assertThat(state(statement::executeQuery)).isIn("57P01", "08006");
            assertThat(state(connection::createStatement)).isEqualTo("08003");
            assertThat(state(connection::commit)).isEqualTo("08003");
            assertThat(connection.isClosed()).isTrue();
            assertThat(connection.isValid(1)).isFalse();
            connection.rollback();
          }
        });
  }

  @Test
  void whatBrokeTheConnectionIsToldAndNotThatTheRollbackFailed() {
    Throwable failure =
        catchThrowable(
            () ->
                serving.write(
                    ACME,
                    () -> {
                      Fixture.terminate(Fixture.backend(serving));
                      return query("select 1");
                    }));
    assertThat(DatabaseFailures.translate(failure))
        .map(TenantryException::code)
        .contains(ErrorCode.DATABASE_UNAVAILABLE);
    assertThat(serving.read(ACME, () -> query("select 1"))).isEqualTo("1");
  }

  @Test
  void anAbortedConnectionIsThrownAway() throws SQLException {
    AtomicReference<String> before = new AtomicReference<>();
    inTenant(
        ACME,
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("select pg_backend_pid()")) {
            before.set(first(statement));
          }
          connection.abort(Runnable::run);
          assertThat(state(connection::createStatement)).isEqualTo("08003");
        });
    assertThat(Backend.look(pool).pid()).isNotEqualTo(Integer.parseInt(before.get()));
  }

  @Test
  void doWorkHasTheSameFence() {
    EntityManager entities = serving.bean(EntityManager.class);
    String role =
        serving.read(
            ACME,
            () ->
                entities
                    .unwrap(Session.class)
                    .doReturningWork(
                        connection -> {
                          assertThat(connection).isInstanceOf(FencedConnection.class);
                          try (PreparedStatement statement =
                              connection.prepareStatement("select current_setting('role')")) {
                            return first(statement);
                          }
                        }));
    assertThat(role).isEqualTo(TenantNames.role(ACME));
  }

  private static int write(String title) {
    return insertReport(serving, ACME, title);
  }

  private int writeAndTellBackend() {
    return writeAndTellBackend(ACME, "any");
  }

  private static int writeAndTellBackend(TenantId tenant, String title) {
    assertThat(insertReport(serving, tenant, title)).isEqualTo(1);
    return Fixture.backend(serving);
  }

  private static String setting(String name) {
    return query("select current_setting('" + name + "')");
  }

  private static String query(String sql) {
    return String.valueOf(serving.sql().queryForObject(sql, String.class));
  }

  private static String first(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  private static void cancel(Statement statement) {
    await()
        .until(
            () ->
                Fixture.asSuperuser(
                        "select count(*) from pg_stat_activity where state = 'active'"
                            + " and query like 'select count(%) from generate_series%'"
                            + " and pid <> ?",
                        0)
                    > 0);
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new IllegalStateException("While cancelling", e);
    }
  }

  private static String state(ThrowingCallable call) {
    return String.valueOf(sqlState(catchThrowable(call)));
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(TenantryException.class, e -> assertThat(e.code()).isEqualTo(code));
    SeenCodes.saw(code);
  }

  private static void inTenant(TenantId tenant, Work work) throws SQLException {
    TenantContext.<String, SQLException>call(
        tenant,
        () -> {
          try (Connection connection = serving.bean(DataSource.class).getConnection()) {
            work.with(connection);
          }
          return "done";
        });
  }

  /** Something done on a tenant's connection. */
  @FunctionalInterface
  private interface Work {
    void with(Connection connection) throws SQLException;
  }
}

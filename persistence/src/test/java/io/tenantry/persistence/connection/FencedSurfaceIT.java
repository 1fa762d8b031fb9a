package io.tenantry.persistence.connection;

import static io.tenantry.persistence.connection.Fixture.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.persistence.Serving;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.names.TenantNames;
import jakarta.persistence.EntityManager;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Everything that a tenant's connection offers, and refuses to offer. */
class FencedSurfaceIT {

  private static final int FORWARD = ResultSet.TYPE_FORWARD_ONLY;
  private static final int READ_ONLY = ResultSet.CONCUR_READ_ONLY;
  private static final int CLOSE = ResultSet.CLOSE_CURSORS_AT_COMMIT;
  private static final int UPDATABLE = ResultSet.CONCUR_UPDATABLE;
  private static final int HOLD = ResultSet.HOLD_CURSORS_OVER_COMMIT;
  private static final String ARRAY = "select array['a', 'b']";
  private static final String MAPPED = "select count(*) from tenant__schema.desk_orders";

  private static Serving serving;

  @BeforeAll
  static void start() {
    serving = Fixture.startWithOneConnection();
  }

  @AfterAll
  static void stop() {
    serving.close();
  }

  @AfterEach
  void nothingIsLeftInTheSession() throws SQLException {
    Backend seen = Backend.look(serving.bean(ServingPool.class));
    assertThat(seen).isEqualTo(Backend.clean(seen.pid()));
  }

  static Stream<Named<Call>> refusals() {
    return Stream.of(
        Named.of("the connection below", c -> c.unwrap(PGConnection.class)),
        Named.of("meta data", Connection::getMetaData),
        Named.of("another schema", c -> c.setSchema("public")),
        Named.of("another catalog", c -> c.setCatalog("postgres")),
        Named.of("auto-commit", c -> c.setAutoCommit(true)),
        Named.of(
            "serializable", c -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE)),
        Named.of(
            "repeatable read",
            c -> c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ)),
        Named.of("a statement's held cursors", c -> c.createStatement(FORWARD, READ_ONLY, HOLD)),
        Named.of(
            "a prepared statement's held cursors",
            c -> c.prepareStatement(MAPPED, FORWARD, READ_ONLY, HOLD)),
        Named.of("a call's held cursors", c -> c.prepareCall(MAPPED, FORWARD, READ_ONLY, HOLD)),
        Named.of("rows to write to", c -> c.createStatement(FORWARD, UPDATABLE)),
        Named.of("rows to write to, closed", c -> c.createStatement(FORWARD, UPDATABLE, CLOSE)),
        Named.of("prepared rows to write to", c -> c.prepareStatement(MAPPED, FORWARD, UPDATABLE)),
        Named.of(
            "prepared rows to write to, closed",
            c -> c.prepareStatement(MAPPED, FORWARD, UPDATABLE, CLOSE)),
        Named.of("called rows to write to", c -> c.prepareCall(MAPPED, FORWARD, UPDATABLE)),
        Named.of(
            "called rows to write to, closed",
            c -> c.prepareCall(MAPPED, FORWARD, UPDATABLE, CLOSE)),
        Named.of("an array's rows", c -> first(c, ARRAY).getArray(1).getResultSet()),
        Named.of(
            "an array's rows as an object",
            c -> ((Array) first(c, ARRAY).getObject(1)).getResultSet()),
        Named.of(
            "an array's rows as an asked-for object",
            c -> first(c, ARRAY).getObject(1, Array.class).getResultSet(1, 1)),
        Named.of("held cursors", c -> c.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT)),
        Named.of("a network timeout", c -> c.setNetworkTimeout(Runnable::run, 1)),
        Named.of("type maps", c -> c.setTypeMap(Map.of())),
        Named.of("clobs", Connection::createClob),
        Named.of("blobs", Connection::createBlob),
        Named.of("nclobs", Connection::createNClob),
        Named.of("XML", Connection::createSQLXML),
        Named.of("arrays", c -> c.createArrayOf("text", new Object[0])),
        Named.of("structs", c -> c.createStruct("t", new Object[0])),
        Named.of(
            "the driver's statement", c -> statement(c).unwrap(org.postgresql.PGStatement.class)),
        Named.of(
            "the driver's rows",
            c -> rows(statement(c)).unwrap(org.postgresql.jdbc.PgResultSet.class)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatWouldChangeTheSessionOrLeadBelowIsRefused(Call call) throws SQLException {
    inAcme(
        connection -> {
          assertThat(catchThrowable(() -> call.on(connection)))
              .isInstanceOf(SQLFeatureNotSupportedException.class);
          assertThat(role(connection)).isEqualTo(TenantNames.role(ACME));
        });
  }

  @Test
  void whatIsSetToWhatItIsAlreadyHasNoEffect() throws SQLException {
    inAcme(
        connection -> {
          connection.setAutoCommit(false);
          connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
          connection.setHoldability(CLOSE);
          connection.setClientInfo("ApplicationName", "mine");
          connection.setClientInfo(new Properties());
          assertThat(connection.getAutoCommit()).isFalse();
          assertThat(connection.getTransactionIsolation())
              .isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
          assertThat(connection.getHoldability()).isEqualTo(CLOSE);
          assertThat(connection.getClientInfo()).isEmpty();
          assertThat(connection.getSchema()).isNull();
          assertThat(connection.getCatalog()).isNull();
          assertThat(connection.getNetworkTimeout()).isZero();
          assertThat(connection.getTypeMap()).isEmpty();
          assertThat(text(connection, "select current_setting('application_name')"))
              .isEqualTo("tenantry-api");
        });
  }

  @Test
  void aTransactionThatHasBegunDoesNotBecomeWritable() throws SQLException {
    inAcme(
        connection -> {
          connection.setReadOnly(true);
          assertThat(text(connection, "select current_setting('transaction_read_only')"))
              .isEqualTo("on");
          assertThat(Fixture.sqlState(catchThrowable(() -> connection.setReadOnly(false))))
              .isEqualTo("25001");
          assertThat(connection.isReadOnly()).isTrue();
        });
  }

  @Test
  void wrappersAnswerForThemselvesOnly() throws SQLException {
    inAcme(
        connection -> {
          assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
          assertThat(connection.isWrapperFor(PGConnection.class)).isFalse();
          Statement statement = statement(connection);
          assertThat(statement.unwrap(Statement.class)).isSameAs(statement);
          assertThat(statement.isWrapperFor(org.postgresql.PGStatement.class)).isFalse();
          Statement other = statement(connection);
          assertThat(List.of(statement, other).indexOf(other)).isEqualTo(1);
          assertThat(statement).hasSameHashCodeAs(statement.unwrap(Statement.class));
        });
  }

  @Test
  void statementsAndRowsLeadBackToTheFencedConnectionOnly() throws SQLException {
    inAcme(
        connection -> {
          Statement plain = statement(connection);
          PreparedStatement prepared = connection.prepareStatement("select 1");
          assertThat(plain.getConnection()).isSameAs(connection);
          assertThat(prepared.getConnection()).isSameAs(connection);
          assertThat(connection.prepareCall("select 1").getConnection()).isSameAs(connection);
          assertThat(rows(plain).getStatement()).isSameAs(plain);
          assertThat(prepared.executeQuery().getStatement()).isSameAs(prepared);
          assertThat(prepared.execute()).isTrue();
          assertThat(prepared.getResultSet().getStatement()).isSameAs(prepared);
          assertThat(plain.getGeneratedKeys().getStatement()).isSameAs(plain);
        });
  }

  @Test
  void anArrayIsReadByItsElements() throws SQLException {
    inAcme(
        connection -> {
          Array array = first(connection, ARRAY).getArray(1);
          assertThat(array.getArray()).isEqualTo(new String[] {"a", "b"});
          PreparedStatement prepared = connection.prepareStatement("select cardinality(?::text[])");
          prepared.setArray(1, array);
          ResultSet row = prepared.executeQuery();
          assertThat(row.next()).isTrue();
          assertThat(row.getInt(1)).isEqualTo(2);
        });
  }

  /** The driver fetches a cursor's rows by a statement of its own, and names its own cursors. */
  @Test
  void aCursorsRowsLeadBackToTheFencedConnectionOnly() throws SQLException {
    inAcme(
        connection -> {
          Statement fetching = statement(connection);
          fetching.setFetchSize(1);
          ResultSet two = rows(fetching, "select generate_series(1, 3)");
          assertThat(two.next()).isTrue();
          String cursor = text(connection, "select name from pg_cursors");
          ResultSet named = first(connection, "select '" + cursor + "'::refcursor");
          ResultSet rows = (ResultSet) named.getObject(1);
          assertThat(rows.getStatement().getConnection()).isSameAs(connection);
        });
  }

  static Stream<Named<Query>> queries() {
    return Stream.of(
        Named.of("prepare", c -> c.prepareStatement(MAPPED).executeQuery()),
        Named.of(
            "prepare of a type",
            c -> c.prepareStatement(MAPPED, FORWARD, READ_ONLY).executeQuery()),
        Named.of(
            "prepare of a holdability",
            c -> c.prepareStatement(MAPPED, FORWARD, READ_ONLY, CLOSE).executeQuery()),
        Named.of(
            "prepare with keys",
            c -> c.prepareStatement(MAPPED, Statement.NO_GENERATED_KEYS).executeQuery()),
        Named.of(
            "prepare with columns", c -> c.prepareStatement(MAPPED, new int[0]).executeQuery()),
        Named.of(
            "prepare with named columns",
            c -> c.prepareStatement(MAPPED, new String[0]).executeQuery()),
        Named.of("call", c -> c.prepareCall(MAPPED).executeQuery()),
        Named.of("call of a type", c -> c.prepareCall(MAPPED, FORWARD, READ_ONLY).executeQuery()),
        Named.of(
            "call of a holdability",
            c -> c.prepareCall(MAPPED, FORWARD, READ_ONLY, CLOSE).executeQuery()),
        Named.of("query", c -> c.createStatement().executeQuery(MAPPED)),
        Named.of(
            "query of a type", c -> c.createStatement(FORWARD, READ_ONLY).executeQuery(MAPPED)),
        Named.of(
            "query of a holdability",
            c -> c.createStatement(FORWARD, READ_ONLY, CLOSE).executeQuery(MAPPED)),
        Named.of(
            "execute",
            c -> {
              Statement statement = c.createStatement();
              assertThat(statement.execute(MAPPED)).isTrue();
              return statement.getResultSet();
            }),
        Named.of(
            "execute with keys",
            c -> {
              Statement statement = c.createStatement();
              assertThat(statement.execute(MAPPED, Statement.NO_GENERATED_KEYS)).isTrue();
              return statement.getResultSet();
            }),
        Named.of("nativeSQL", c -> c.createStatement().executeQuery(c.nativeSQL(MAPPED))));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void thePlaceholderIsReplacedWhereverRowsAreAskedFor(Query query) throws SQLException {
    inAcme(
        connection -> {
          try (ResultSet rows = query.on(connection)) {
            assertThat(rows.next()).isTrue();
          }
        });
  }

  @Test
  void thePlaceholderIsReplacedWhereverRowsAreChanged() throws SQLException {
    String nothing = "delete from tenant__schema.desk_orders where symbol = 'none'";
    inAcme(
        connection -> {
          Statement statement = statement(connection);
          assertThat(statement.executeUpdate(nothing)).isZero();
          assertThat(statement.executeUpdate(nothing, Statement.NO_GENERATED_KEYS)).isZero();
          assertThat(statement.executeUpdate(nothing, new int[0])).isZero();
          assertThat(statement.executeUpdate(nothing, new String[0])).isZero();
          assertThat(statement.executeLargeUpdate(nothing)).isZero();
          statement.addBatch(nothing);
          statement.addBatch(nothing);
          assertThat(statement.executeBatch()).containsExactly(0, 0);
          PreparedStatement prepared = connection.prepareStatement(nothing);
          prepared.addBatch();
          assertThat(prepared.executeBatch()).containsExactly(0);
          assertThat(prepared.executeLargeUpdate()).isZero();
        });
  }

  @Test
  void thePlaceholderIsReplacedInTemplatesWorkAndNativeQueries() {
    EntityManager entities = serving.bean(EntityManager.class);
    assertThat(serving.read(ACME, () -> serving.sql().queryForList(MAPPED))).hasSize(1);
    List<?> rows = serving.read(ACME, () -> entities.createNativeQuery(MAPPED).getResultList());
    assertThat(rows).hasSize(1);
    String counted =
        serving.read(
            ACME,
            () ->
                entities
                    .unwrap(Session.class)
                    .doReturningWork(connection -> text(connection, MAPPED)));
    assertThat(counted).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set search_path = pg_temp",
        "SET SESSION statement_timeout = 0",
        "/* hidden */ (-- so\n set role none",
        "reset role",
        "reset all",
        "discard all",
        "begin",
        "commit",
        "prepare planted as select 1",
        "listen news",
        "declare planted cursor with hold for select 1",
        "call anything()",
        "{call anything()}",
        "do $$ begin end $$",
        "copy tenantry_api.research_reports to stdout",
        "lock table tenantry_api.research_reports",
        "/* a /* b */ c */ lock table tenantry_api.research_reports",
        "set role none",
        "(set role none)",
        "set local role none",
        "-- so\n((set local role none",
        "set session authorization default",
        "/* so */ reset all",
        "(reset role)",
        "/* so */ commit",
        "(commit)",
        "; commit",
        "end",
        "rollback",
        "savepoint planted",
        "start transaction",
        "-- so\nprepare planted as select 1",
        "execute planted",
        "deallocate planted",
        "/* so */ deallocate all",
        "/* so */ listen news",
        "unlisten *",
        "notify news",
        "(notify news, 'so')",
        "-- so\n(do $$ begin end $$",
        "do language plpgsql 'begin end'",
        "truncate tenantry_api.research_reports",
        "select 1; select 2",
        "select 1; commit",
        ""
      })
  void onlySingleStatementsThatReadAndWriteRowsAreTaken(String sql) throws SQLException {
    inAcme(
        connection -> {
          Statement statement = statement(connection);
          refused(() -> statement.execute(sql));
          refused(() -> statement.addBatch(sql));
          refused(() -> connection.prepareStatement(sql));
          refused(() -> connection.prepareCall(sql));
          refused(() -> connection.nativeSQL(sql));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ';' as text",
        "((select 1))",
        "/* a; b */ select 1;",
        "with a as (select 1) select * from a",
        "values (1)",
        "SELECT 1 -- ; end"
      })
  void singleStatementsAreTakenHoweverTheyAreWritten(String sql) throws SQLException {
    inAcme(connection -> assertThat(rows(connection.createStatement(), sql).next()).isTrue());
  }

  @Test
  void namesWithoutASchemaAreFoundInTheCatalogOnly() throws SQLException {
    inAcme(
        connection -> {
          assertThat(text(connection, "select current_setting('search_path')"))
              .isEqualTo("pg_catalog");
          assertThat(text(connection, "select count(*) >= 0 from pg_class")).isEqualTo("t");
        });
    inAcme(
        connection ->
            assertThat(
                    Fixture.sqlState(
                        catchThrowable(() -> text(connection, "select * from desk_orders"))))
                .isEqualTo("42P01"));
  }

  private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  private static Statement statement(Connection connection) throws SQLException {
    return connection.createStatement();
  }

  private static ResultSet rows(Statement statement) throws SQLException {
    return rows(statement, "select 1");
  }

  private static ResultSet rows(Statement statement, String sql) throws SQLException {
    return statement.executeQuery(sql);
  }

  private static ResultSet first(Connection connection, String sql) throws SQLException {
    ResultSet row = rows(statement(connection), sql);
    assertThat(row.next()).isTrue();
    return row;
  }

  private static String role(Connection connection) throws SQLException {
    return text(connection, "select current_setting('role')");
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void inAcme(Call work) throws SQLException {
    TenantContext.<String, SQLException>call(
        ACME,
        () -> {
          try (Connection connection = serving.bean(DataSource.class).getConnection()) {
            work.on(connection);
          }
          return "done";
        });
  }

  /** Something done on a tenant's connection. */
  @FunctionalInterface
  interface Call {
    void on(Connection connection) throws SQLException;
  }

  /** Rows asked for on a tenant's connection. */
  @FunctionalInterface
  interface Query {
    ResultSet on(Connection connection) throws SQLException;
  }
}

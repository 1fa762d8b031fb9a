package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;

/**
 * Proves that SQL cannot get past the statement guard: hands texts that it has to refuse to every
 * data source there is, and to the provider that Hibernate uses. Thread-safe; needs no server while
 * the guard is in its place, and may block for the pool's connection timeout when it is not.
 */
public final class StatementGuardCheck {

  /** So that who refuses does not report it: nobody is attacking. */
  static final ScopedValue<Boolean> UNDER_WAY = ScopedValue.newInstance();

  private static final List<String> REFUSED = List.of("select 1; select 2", "set role none");

  /** What takes SQL on a connection; {@code java.sql} has more of each kind. */
  private static final List<Way> WAYS =
      List.of(
          (connection, sql) -> connection.prepareStatement(sql).close(),
          (connection, sql) -> connection.prepareCall(sql).close(),
          (connection, sql) -> statement(connection).execute(sql),
          (connection, sql) -> statement(connection).executeQuery(sql).close(),
          (connection, sql) -> statement(connection).executeUpdate(sql),
          (connection, sql) -> statement(connection).executeLargeUpdate(sql),
          (connection, sql) -> statement(connection).addBatch(sql));

  private static final Statement OF_NO_SERVER =
      (Statement)
          Proxy.newProxyInstance(
              StatementGuardCheck.class.getClassLoader(),
              new Class<?>[] {Statement.class},
              (_, method, _) -> {
                throw new SQLException(method.getName() + " was not refused");
              });

  private final Doors doors;

  StatementGuardCheck(Doors doors) {
    this.doors = doors;
  }

  /**
   * What lets a text through that the guard must refuse: a finding for each such door, none when
   * all are guarded. Tries each text as a prepared and as a called statement, and with all that a
   * plain statement has to execute one or to add it to a batch.
   */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    // Nobody's tenant: should a text get through, there is no role to run it with.
    TenantId nobody = new TenantId(UUID.randomUUID());
    ScopedValue.where(UNDER_WAY, true)
        .run(
            () ->
                TenantContext.run(
                    nobody,
                    () ->
                        doors
                            .all(nobody.value())
                            .filter(door -> !guarded(door))
                            .map(Door::name)
                            .distinct()
                            .map(StatementGuardCheck::missing)
                            .forEach(findings::add)));
    return List.copyOf(findings);
  }

  private static boolean guarded(Door door) {
    return REFUSED.stream().allMatch(sql -> WAYS.stream().allMatch(way -> refuses(door, way, sql)));
  }

  /** Any other failure means that the text was on its way to the server. */
  private static boolean refuses(Door door, Way way, String sql) {
    try (Connection connection = door.open()) {
      way.pass(connection, sql);
      return false;
    } catch (StatementRefusedException e) {
      return true;
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  /** Making one would enter the tenant, for which there has to be a server: so none of a server. */
  private static Statement statement(Connection connection) throws SQLException {
    return connection instanceof FencedConnection fenced
        ? FencedStatement.wrap(Statement.class, OF_NO_SERVER, fenced)
        : connection.createStatement();
  }

  private static Finding missing(String door) {
    return new Finding(
        FindingCode.STATEMENT_GUARD_MISSING,
        door,
        "it took a text that the statement guard has to refuse.");
  }

  /** The ways to a connection. */
  @FunctionalInterface
  interface Doors {

    /** All there are; opened with {@code tenant} in scope. */
    Stream<Door> all(UUID tenant);

    /** Of an application's own data sources and Hibernate. */
    static Stream<Door> of(
        Stream<DataSource> sources, MultiTenantConnectionProvider<UUID> provider, UUID tenant) {
      return Stream.concat(
          sources.map(source -> new Door("data source", source::getConnection)),
          Stream.of(new Door("Hibernate", () -> provider.getConnection(tenant))));
    }
  }

  /**
   * A way to a connection.
   *
   * @param name for the finding
   */
  record Door(String name, Opening opening) {

    Connection open() throws SQLException {
      return opening.open();
    }
  }

  /** Opens a connection. */
  @FunctionalInterface
  interface Opening {
    Connection open() throws SQLException;
  }

  /** A way that a text takes. */
  @FunctionalInterface
  private interface Way {
    void pass(Connection connection, String sql) throws SQLException;
  }
}

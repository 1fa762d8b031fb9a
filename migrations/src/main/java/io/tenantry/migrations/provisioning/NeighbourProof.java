package io.tenantry.migrations.provisioning;

import io.tenantry.control.FencedTransaction;
import io.tenantry.control.SqlFailures;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.PlatformSchemas;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Proves from inside a new tenant, by a runtime login and a signed capability, that its neighbours
 * cannot be seen. Not one check is vacuous: that the foreign rows are there is seen first, by
 * entering their tenants as the owner, who is under the same policies.
 */
final class NeighbourProof {

  /** Has a row in the probe table from the changelog on; no tenant ever has this id. */
  static final TenantId RESERVED =
      new TenantId(UUID.fromString("ffffffff-ffff-4fff-bfff-ffffffffffff"));

  private static final String PROBES = PlatformSchemas.API + ".api_isolation_probes";
  private static final String NO_PRIVILEGE = "42501";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
  private static final String OWNS =
      """
      select count(*) from pg_shdepend d
      where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o'
        and d.refobjid = (select r.oid from pg_roles r where r.rolname = current_user)
      """;
  private static final String INSERT_ORDER =
      "(tenant_id, id, symbol, side, order_type, quantity) values (?, ?, 'PROOF', 'BUY', 'MARKET',"
          + " 1)";

  private final FencedTransaction owner;
  private final FencedTransaction runtime;
  private final DataSource app;

  NeighbourProof(DataSource migrator, DataSource app, CapabilitySigner signer) {
    this.owner = new FencedTransaction(migrator, signer, TIMEOUT, LOCK_TIMEOUT);
    this.runtime = new FencedTransaction(app, signer, TIMEOUT, LOCK_TIMEOUT);
    this.app = app;
  }

  /** Writes the row by which the tenant can be seen; a second time changes nothing. */
  void writeProbe(TenantId tenant) {
    owner.asOwner(
        tenant,
        "writing the probe row",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(
                  "insert into "
                      + PROBES
                      + " (tenant_id, id) values (?, ?) on conflict do nothing")) {
            statement.setObject(1, tenant.value());
            statement.setObject(2, tenant.value());
            return statement.executeUpdate();
          }
        });
  }

  /**
   * @param neighbour another tenant that has a schema, when there is one
   * @return what was proven, in a line
   * @throws TenantryException with {@code isolation_proof_failed} naming the first check that
   *     failed
   */
  String prove(TenantId tenant, Optional<TenantId> neighbour) {
    foreignRowsExist(tenant, neighbour);
    runtime.asTenant(
        tenant, "proving what the tenant sees", inside -> proveInside(inside, tenant, neighbour));
    proveOutside(tenant);
    return neighbour.isPresent()
        ? "rows and schema of a neighbour are out of reach"
        : "the reserved neighbour's row is out of reach; there is no other tenant yet";
  }

  private void foreignRowsExist(TenantId tenant, Optional<TenantId> neighbour) {
    List<TenantId> foreign = new ArrayList<>(List.of(RESERVED));
    neighbour.ifPresent(foreign::add);
    for (TenantId other : foreign) {
      List<UUID> seen =
          owner.asOwner(other, "looking for a neighbour's row", NeighbourProof::visibleProbes);
      demand(seen.contains(other.value()), "a neighbour has no probe row to be hidden");
    }
    demand(!foreign.contains(tenant), "the tenant is its own neighbour");
  }

  private static boolean proveInside(
      Connection inside, TenantId tenant, Optional<TenantId> neighbour) throws SQLException {
    Savepoint start = inside.setSavepoint();
    demand(
        visibleProbes(inside).equals(List.of(tenant.value())),
        "the tenant does not see exactly its own probe row");
    writeAndReadBack(inside, tenant);
    inside.rollback(start);
    demand(count(inside, OWNS) == 0, "the tenant's role owns something");

    String own = TenantNames.schema(tenant);
    if (neighbour.isPresent()) {
      String other = TenantNames.schema(neighbour.get());
      demand(
          isRefused(inside, "select from " + other + ".desk_orders"),
          "the neighbour's table can be read");
      demand(
          isRefused(inside, "delete from " + other + ".desk_orders"),
          "the neighbour's table can be written");
    }
    demand(
        isRefused(inside, "create table " + own + ".proof (id int)"), "the tenant can make tables");
    demand(
        isRefused(
            inside, "set local backtrace_functions = '" + TenantNames.register(RESERVED) + "'"),
        "the register can be written");
    demand(
        isRefused(inside, "select from " + own + ".databasechangelog"),
        "the tenant can read its change log");

    // The setting that every SQL can write has to hide rows, not to show others.
    try (Statement statement = inside.createStatement()) {
      statement.execute("set local app.tenant_id = '" + neighbour.orElse(RESERVED).value() + "'");
    }
    demand(visibleProbes(inside).isEmpty(), "a forged app.tenant_id shows rows");
    return true;
  }

  private static void writeAndReadBack(Connection inside, TenantId tenant) throws SQLException {
    String orders = TenantNames.schema(tenant) + ".desk_orders";
    try (PreparedStatement statement =
        inside.prepareStatement("insert into " + orders + " " + INSERT_ORDER)) {
      statement.setObject(1, tenant.value());
      statement.setObject(2, UUID.randomUUID());
      statement.executeUpdate();
    }
    demand(
        count(inside, "select count(*) from " + orders + " where symbol = 'PROOF'") == 1,
        "the tenant cannot read back what it wrote");
    Savepoint before = inside.setSavepoint();
    try (PreparedStatement statement =
        inside.prepareStatement("insert into " + orders + " " + INSERT_ORDER)) {
      statement.setObject(1, RESERVED.value());
      statement.setObject(2, UUID.randomUUID());
      statement.executeUpdate();
      throw failed("the tenant can write a row of another one");
    } catch (SQLException e) {
      expectRefusal(e);
      inside.rollback(before);
    }
  }

  /** After the transaction nothing of the tenant is left on the connection's login. */
  private void proveOutside(TenantId tenant) {
    String orders = TenantNames.schema(tenant) + ".desk_orders";
    try (Connection connection = app.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : List.of(orders, PROBES)) {
        try {
          statement.execute("select from " + table);
          throw failed("the runtime login can read outside of any tenant");
        } catch (SQLException e) {
          expectRefusal(e);
        }
      }
    } catch (SQLException e) {
      throw SqlFailures.translate("proving what a bare login sees", e);
    }
  }

  private static boolean isRefused(Connection connection, String sql) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      connection.rollback(before);
      return false;
    } catch (SQLException e) {
      expectRefusal(e);
      connection.rollback(before);
      return true;
    }
  }

  private static void expectRefusal(SQLException e) throws SQLException {
    if (!NO_PRIVILEGE.equals(e.getSQLState())) {
      throw e;
    }
  }

  private static List<UUID> visibleProbes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select tenant_id from " + PROBES)) {
      List<UUID> seen = new ArrayList<>();
      while (rows.next()) {
        seen.add(rows.getObject(1, UUID.class));
      }
      return seen;
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw failed(otherwise);
    }
  }

  private static TenantryException failed(String what) {
    return new TenantryException(
        ErrorCode.ISOLATION_PROOF_FAILED, "The neighbour proof failed: " + what + ".");
  }
}

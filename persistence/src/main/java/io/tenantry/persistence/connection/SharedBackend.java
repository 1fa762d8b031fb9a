package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * One connection of the pool, handed to one tenant after another, and looked at as what it is in
 * between: a login outside of any tenant. The pool cleans nothing while it is held here, so what a
 * tenant leaves behind is there to be seen. For one thread; every call blocks on the database.
 */
public final class SharedBackend implements AutoCloseable {

  private static final String STATE =
      """
      select pg_backend_pid(), session_user::text, current_user::text, current_setting('role'),
        current_setting('backtrace_functions'),
        coalesce(current_setting('app.tenant_id', true), ''),
        (select count(*) from pg_cursors c where c.is_holdable)
          + (select count(*) from pg_listening_channels())
          + case when pg_my_temp_schema() <> 0 then 1 else 0 end
      """;

  private final ServingPool pool;
  private final Connection raw;
  private final TenantCheckout checkout;
  private final StatementGuard guard;
  private final boolean keepsProcess;
  private boolean spoilt;

  SharedBackend(
      ServingPool pool,
      Connection raw,
      TenantCheckout checkout,
      StatementGuard guard,
      boolean keepsProcess) {
    this.pool = pool;
    this.raw = raw;
    this.checkout = checkout;
    this.guard = guard;
    this.keepsProcess = keepsProcess;
  }

  /**
   * A connection of that tenant over this one. Close it before anything else is done here.
   *
   * @throws SQLException when an earlier tenant's connection was thrown away
   */
  public Connection in(TenantId tenant) throws SQLException {
    if (spoilt) {
      throw new SQLException("The connection was thrown away.", "08003");
    }
    return new FencedConnection(_ -> new Held(), pool.metrics(), checkout, guard, tenant);
  }

  /**
   * Whether all transactions have to run in one process of the server. A pooler may lend another
   * one to each of them, and is right to.
   */
  public boolean keepsProcess() {
    return keepsProcess;
  }

  /** What the session holds while no tenant is in it. */
  public BareSession look() throws SQLException {
    boolean idle = raw.unwrap(BaseConnection.class).getTransactionState() == TransactionState.IDLE;
    try (Statement statement = raw.createStatement();
        ResultSet row = statement.executeQuery(STATE)) {
      row.next();
      return new BareSession(
          idle,
          row.getInt(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          row.getString(6),
          row.getInt(7));
    } finally {
      raw.rollback();
    }
  }

  /**
   * Runs a query as the login that the session is outside of any tenant, and rolls it back.
   *
   * @return the SQLSTATE by which the server refused it, empty when it did not
   */
  public Optional<String> refusal(String query) throws SQLException {
    try (Statement statement = raw.createStatement()) {
      statement.execute(query);
      return Optional.empty();
    } catch (SQLException e) {
      if (e.getSQLState() == null || e.getSQLState().startsWith("08")) {
        throw e;
      }
      return Optional.of(e.getSQLState());
    } finally {
      raw.rollback();
    }
  }

  /** Whether a tenant's connection was thrown away, so that no other follows on this one. */
  public boolean spoilt() {
    return spoilt;
  }

  /** Keeps the connection from everybody else: it will be closed, not given back. */
  public void spoil() {
    spoilt = true;
  }

  @Override
  public void close() throws SQLException {
    if (spoilt) {
      pool.evict(raw);
    } else {
      raw.close();
    }
  }

  /** What a tenant's connection has of this one; its end leaves the connection here. */
  private final class Held implements Lease {

    @Override
    public Connection connection() {
      return raw;
    }

    @Override
    public void giveBack() {
      // The next tenant gets it as this one leaves it.
    }

    @Override
    public void refused(SQLException refusal) {
      pool.refused(raw, refusal);
    }

    @Override
    public void evict() {
      spoilt = true;
    }
  }
}

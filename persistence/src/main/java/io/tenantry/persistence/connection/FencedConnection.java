package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The connection of one tenant. Costs nothing until the first statement; that one borrows a
 * connection and enters the tenant, and whatever goes wrong on the way throws the borrowed
 * connection away. After COMMIT or ROLLBACK the tenant is left, and the next statement enters it
 * anew.
 *
 * <p>The checkout waits for the first statement because Spring says {@code setReadOnly(true)} only
 * after it was handed the connection: entered any earlier, a read-only transaction would be
 * writable, and nobody would notice. For one thread at a time.
 */
final class FencedConnection extends RefusingConnection {

  private final Lender lender;
  private final ConnectionMetrics metrics;
  private final TenantCheckout checkout;
  private final StatementGuard guard;
  private final TenantId tenant;
  private @Nullable Lease lease;
  private boolean entered;
  private boolean readOnly;
  private boolean closed;
  private boolean broken;

  FencedConnection(
      ServingPool pool, TenantCheckout checkout, StatementGuard guard, TenantId tenant) {
    this(pool::borrow, pool.metrics(), checkout, guard, tenant);
  }

  FencedConnection(
      Lender lender,
      ConnectionMetrics metrics,
      TenantCheckout checkout,
      StatementGuard guard,
      TenantId tenant) {
    this.lender = lender;
    this.metrics = metrics;
    this.checkout = checkout;
    this.guard = guard;
    this.tenant = tenant;
  }

  /** The connection below, inside the tenant's transaction. */
  Connection entered() throws SQLException {
    demandScope();
    demandUsable();
    long start = System.nanoTime();
    Lease held = lease;
    if (held == null) {
      held = lender.borrow(tenant);
      lease = held;
    }
    Connection connection = held.connection();
    // Before anything is sent: a request that comes too late must not cost a good connection.
    checkout.demandTimeLeft();
    try {
      ServingPool.demandStandardStrings(connection);
      checkout.limitWaiting(connection);
    } catch (SQLException e) {
      discard();
      throw e;
    }
    if (!entered) {
      try {
        connection.setReadOnly(readOnly);
        checkout.enter(connection, tenant);
        entered = true;
        metrics.checkedOut(start);
      } catch (SQLException e) {
        held.refused(e);
        discard();
        throw new CheckoutException(e);
      } catch (RuntimeException | Error e) {
        discard();
        throw e;
      }
    }
    return connection;
  }

  /**
   * Whoever kept this connection beyond the block of its tenant gets nothing through it any more.
   *
   * @throws TenantryException when this connection's tenant is not the one in scope
   */
  private void demandScope() {
    if (!TenantContext.required().equals(tenant)) {
      throw new TenantryException(
          ErrorCode.TENANT_CONTEXT_BOUND,
          "A connection of one tenant was used in another's scope.");
    }
  }

  private void demandUsable() throws SQLException {
    Connection connection = borrowed();
    if (connection != null && connection.isClosed()) {
      // The pool has taken it away, since a statement found it broken.
      discard();
    }
    if (closed || broken) {
      throw new SQLException("The tenant's connection is closed.", "08003");
    }
  }

  private @Nullable Connection borrowed() {
    Lease held = lease;
    return held == null ? null : held.connection();
  }

  /**
   * The text as it is sent. Needs no connection, and is asked before one is borrowed.
   *
   * @throws SQLException when it is not one statement of the kinds that tenants send
   */
  String sql(String text) throws SQLException {
    String sent = SchemaPlaceholder.replace(text, TenantNames.schema(tenant));
    guard.demandAllowed(sent);
    return sent;
  }

  /**
   * Throws the connection below away: nobody knows what state it is in. A new one must not take its
   * place, for it would continue half a transaction as if it were whole.
   */
  private void discard() {
    Lease held = lease;
    lease = null;
    entered = false;
    broken = true;
    if (held != null) {
      held.evict();
    }
  }

  /**
   * Commits; of a connection that was thrown away it says so, and not that all went well.
   *
   * @throws SQLException also when there is nothing left that could be committed
   */
  @Override
  public void commit() throws SQLException {
    demandUsable();
    Connection connection = borrowed();
    if (connection == null || !entered) {
      return;
    }
    try {
      checkout.limitWaiting(connection);
      connection.commit();
      entered = false;
    } catch (SQLException | RuntimeException | Error e) {
      discard();
      throw e;
    }
  }

  /**
   * Rolls back. A connection that cannot is thrown away, and its end is a rollback: an exception
   * here would only hide the one that led here.
   */
  @Override
  public void rollback() {
    Connection connection = borrowed();
    if (connection == null || !entered) {
      return;
    }
    try {
      checkout.limitWaiting(connection);
      connection.rollback();
      entered = false;
    } catch (SQLException e) {
      discard();
    } catch (RuntimeException | Error e) {
      discard();
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    rollback();
    Lease held = lease;
    lease = null;
    if (held != null) {
      held.giveBack();
    }
  }

  @Override
  public void abort(Executor executor) {
    closed = true;
    discard();
  }

  @Override
  public boolean isClosed() {
    return closed || broken;
  }

  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    Connection connection = borrowed();
    return !isClosed() && (connection == null || connection.isValid(timeoutSeconds));
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    if (entered && this.readOnly != readOnly) {
      throw new SQLException("A transaction that has begun stays as it is.", "25001");
    }
    this.readOnly = readOnly;
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return entered().setSavepoint();
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    return entered().setSavepoint(name);
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    entered().rollback(savepoint);
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    entered().releaseSavepoint(savepoint);
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    Connection connection = borrowed();
    return connection == null ? null : connection.getWarnings();
  }

  @Override
  public void clearWarnings() throws SQLException {
    Connection connection = borrowed();
    if (connection != null) {
      connection.clearWarnings();
    }
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    String sent = sql(sql);
    return entered().nativeSQL(sent);
  }

  @Override
  public Statement createStatement() throws SQLException {
    return fence(Statement.class, entered().createStatement());
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    demandReadOnlyRows(concurrency);
    return fence(Statement.class, entered().createStatement(type, concurrency));
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    demandReadOnlyRows(concurrency);
    demandRowsOfTheTransaction(holdability);
    return fence(Statement.class, entered().createStatement(type, concurrency, holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    String sent = sql(sql);
    return fence(PreparedStatement.class, entered().prepareStatement(sent));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    demandReadOnlyRows(concurrency);
    String sent = sql(sql);
    return fence(PreparedStatement.class, entered().prepareStatement(sent, type, concurrency));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    demandReadOnlyRows(concurrency);
    demandRowsOfTheTransaction(holdability);
    String sent = sql(sql);
    return fence(
        PreparedStatement.class, entered().prepareStatement(sent, type, concurrency, holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int generatedKeys) throws SQLException {
    String sent = sql(sql);
    return fence(PreparedStatement.class, entered().prepareStatement(sent, generatedKeys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    String sent = sql(sql);
    return fence(PreparedStatement.class, entered().prepareStatement(sent, columns));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    String sent = sql(sql);
    return fence(PreparedStatement.class, entered().prepareStatement(sent, columns));
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    String sent = sql(sql);
    return fence(CallableStatement.class, entered().prepareCall(sent));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    demandReadOnlyRows(concurrency);
    String sent = sql(sql);
    return fence(CallableStatement.class, entered().prepareCall(sent, type, concurrency));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    demandReadOnlyRows(concurrency);
    demandRowsOfTheTransaction(holdability);
    String sent = sql(sql);
    return fence(
        CallableStatement.class, entered().prepareCall(sent, type, concurrency, holdability));
  }

  private <S extends Statement> S fence(Class<S> type, S statement) {
    return FencedStatement.wrap(type, statement, this);
  }
}

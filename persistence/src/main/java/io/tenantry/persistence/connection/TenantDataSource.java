package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantContext;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Hands out connections of the tenant in scope, and no others. Thread-safe; getting a connection
 * never blocks, its first statement may (see {@link FencedConnection}).
 */
final class TenantDataSource implements DataSource {

  private final ServingPool pool;
  private final TenantCheckout checkout;
  private final StatementGuard guard;

  TenantDataSource(ServingPool pool, TenantCheckout checkout, StatementGuard guard) {
    this.pool = pool;
    this.checkout = checkout;
    this.guard = guard;
  }

  @Override
  public Connection getConnection() {
    return new FencedConnection(pool, checkout, guard, TenantContext.required());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("The login is the pool's own.", "0A000");
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    throw new SQLFeatureNotSupportedException("Logging goes through SLF4J.", "0A000");
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("Logging goes through SLF4J.", "0A000");
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("Set tenantry.pool.connection-timeout.", "0A000");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("Logging goes through SLF4J.", "0A000");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLFeatureNotSupportedException("The pool below is nobody's.", "0A000");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}

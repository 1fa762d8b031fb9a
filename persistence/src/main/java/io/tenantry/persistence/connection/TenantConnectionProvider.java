package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;

/** The door through which Hibernate gets connections: one tenant's, or none. Thread-safe. */
final class TenantConnectionProvider implements MultiTenantConnectionProvider<UUID> {

  private final transient TenantDataSource door;

  TenantConnectionProvider(TenantDataSource door) {
    this.door = door;
  }

  /**
   * @param tenant what the session was opened for
   * @throws TenantryException when that is not the tenant in scope now: a session that was kept and
   *     is used later, for somebody else
   */
  @Override
  public Connection getConnection(UUID tenant) {
    TenantId current = TenantContext.required();
    if (!current.value().equals(tenant)) {
      throw new TenantryException(
          ErrorCode.TENANT_CONTEXT_BOUND, "A session of one tenant was used in another's scope.");
    }
    return door.getConnection();
  }

  @Override
  public void releaseConnection(UUID tenant, Connection connection) throws SQLException {
    connection.close();
  }

  @Override
  public Connection getAnyConnection() {
    throw new TenantryException(
        ErrorCode.TENANT_CONTEXT_MISSING, "Hibernate asked for a connection without a tenant.");
  }

  @Override
  public void releaseAnyConnection(Connection connection) throws SQLException {
    connection.close();
  }

  @Override
  public boolean supportsAggressiveRelease() {
    return false;
  }

  @Override
  public boolean isUnwrappableAs(Class<?> type) {
    return false;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    throw new UnsupportedOperationException("The provider wraps nothing to hand out.");
  }
}

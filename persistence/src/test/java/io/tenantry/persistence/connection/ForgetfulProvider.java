package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;

/** Gives every session the connection of the tenant in scope, whoever the session is for. */
final class ForgetfulProvider implements MultiTenantConnectionProvider<UUID> {

  private final transient TenantConnectionProvider strict;

  ForgetfulProvider(TenantConnectionProvider strict) {
    this.strict = strict;
  }

  @Override
  public Connection getConnection(UUID tenant) {
    return strict.getConnection(TenantContext.required().value());
  }

  @Override
  public void releaseConnection(UUID tenant, Connection connection) throws SQLException {
    strict.releaseConnection(tenant, connection);
  }

  @Override
  public Connection getAnyConnection() {
    return strict.getAnyConnection();
  }

  @Override
  public void releaseAnyConnection(Connection connection) throws SQLException {
    strict.releaseAnyConnection(connection);
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
    throw new UnsupportedOperationException();
  }
}

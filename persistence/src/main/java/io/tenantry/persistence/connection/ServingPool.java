package io.tenantry.persistence.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The pool of connections that serve requests. Between two transactions each of them is a login
 * without a privilege on any table. Thread-safe; borrowing blocks until the pool's timeout.
 *
 * <p>Not a bean of type {@code DataSource}: whoever could inject it would have connections without
 * a tenant.
 */
class ServingPool implements AutoCloseable {

  /** How long the driver waits for an answer beyond the statement's own timeout. */
  private static final Duration SOCKET_GRACE = Duration.ofSeconds(5);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  // Two texts of the checkout per tenant, and the tenant's own statements.
  private static final int CACHED_STATEMENTS = 256;

  private final HikariDataSource pool;

  ServingPool(DatabaseAddress address, CredentialSource credentials, PoolSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("serving");
    config.setJdbcUrl(address.jdbcUrl("tenantry-api"));
    config.setCredentialsProvider(
        () -> {
          LoginCredentials login = credentials.login(Duty.APP);
          return Credentials.of(login.user(), login.password());
        });
    config.setAutoCommit(false);
    config.setMaximumPoolSize(settings.size());
    config.setMinimumIdle(settings.size());
    config.setConnectionTimeout(settings.connectionTimeout().toMillis());
    config.setMaxLifetime(settings.maxLifetime().toMillis());
    // The database may be away at the start: serve nothing then, but start.
    config.setInitializationFailTimeout(-1);
    // The beans would show the credentials.
    config.setRegisterMbeans(false);
    config.addDataSourceProperty("preparedStatementCacheQueries", CACHED_STATEMENTS);
    config.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT.toSeconds());
    config.addDataSourceProperty(
        "socketTimeout", settings.statementTimeout().plus(SOCKET_GRACE).toSeconds());
    config.addDataSourceProperty("tcpKeepAlive", true);
    // Values of rows stand in the server's details; they must not reach a log.
    config.addDataSourceProperty("logServerErrorDetail", false);
    // Every name is qualified; nothing depends on what a login's own settings say.
    config.addDataSourceProperty("options", "-c search_path=pg_catalog");
    this.pool = new HikariDataSource(config);
  }

  Connection borrow() throws SQLException {
    return pool.getConnection();
  }

  /** Closes the connection for good instead of keeping it for the next borrower. */
  void evict(Connection borrowed) {
    pool.evictConnection(borrowed);
  }

  @Override
  public void close() {
    pool.close();
  }
}

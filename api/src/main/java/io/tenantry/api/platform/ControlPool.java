package io.tenantry.api.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The few connections to the platform's own tables. Not a bean of type {@code DataSource}: what
 * serves tenants would be wired to it.
 */
final class ControlPool implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  // No statement on these tables runs longer by far; a dead peer must not hold a thread.
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(15);

  private final HikariDataSource pool;

  ControlPool(DatabaseAddress address, CredentialSource credentials, ControlSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("control");
    config.setJdbcUrl(address.jdbcUrl("tenantry-api-control"));
    config.setCredentialsProvider(
        () -> {
          LoginCredentials login = credentials.login(Duty.CONTROL);
          return Credentials.of(login.user(), login.password());
        });
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(settings.connectionTimeout().toMillis());
    // The database may be away at the start: serve nothing then, but start.
    config.setInitializationFailTimeout(-1);
    // The beans would show the credentials.
    config.setRegisterMbeans(false);
    config.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT.toSeconds());
    config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT.toSeconds());
    config.addDataSourceProperty("tcpKeepAlive", true);
    // Values of rows stand in the server's details; they must not reach a log.
    config.addDataSourceProperty("logServerErrorDetail", false);
    config.addDataSourceProperty("options", "-c search_path=pg_catalog");
    this.pool = new HikariDataSource(config);
  }

  DataSource source() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}

package io.tenantry.api.platform;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.Credentials;
import io.micrometer.core.instrument.MeterRegistry;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.tenancy.RequestDeadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The few connections to the platform's own tables. Not a bean of type {@code DataSource}: what
 * serves tenants would be wired to it. Who waits for one waits until its timeout, or what is left
 * of the request's deadline when that is less; the same goes for each answer of the server.
 */
final class ControlPool implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);
  // No statement on these tables runs longer by far.
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(10);

  /** The server's own timeout comes first: its answer leaves the connection usable. */
  private static final Duration ANSWER_GRACE = Duration.ofSeconds(1);

  private final HikariPool pool;
  private final DataSource source = new Source();
  private final Duration connectionTimeout;
  private volatile boolean closed;

  ControlPool(
      DatabaseAddress address,
      CredentialSource credentials,
      ControlSettings settings,
      MeterRegistry registry) {
    this.connectionTimeout = settings.connectionTimeout();
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
    config.setValidationTimeout(
        Math.min(VALIDATION_TIMEOUT.toMillis(), settings.connectionTimeout().toMillis()));
    // The database may be away at the start: serve nothing then, but start.
    config.setInitializationFailTimeout(-1);
    // The beans would show the credentials.
    config.setRegisterMbeans(false);
    config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(registry));
    driver(config, "connectTimeout", CONNECT_TIMEOUT.toSeconds());
    // A server that takes the connection and says no more must not hold up the ones after it.
    driver(config, "loginTimeout", CONNECT_TIMEOUT.toSeconds());
    driver(config, "socketTimeout", STATEMENT_TIMEOUT.plus(ANSWER_GRACE).toSeconds());
    driver(config, "tcpKeepAlive", true);
    // Values of rows stand in the server's details; they must not reach a log.
    driver(config, "logServerErrorDetail", false);
    driver(
        config,
        "options",
        // A client that was cut off must not hold up whoever waits for transactions to end.
        "-c search_path=pg_catalog -c idle_in_transaction_session_timeout=5min"
            + " -c statement_timeout="
            + STATEMENT_TIMEOUT.toMillis());
    config.validate();
    this.pool = new HikariPool(config);
  }

  /** As text: what is not, HikariCP passes on as it is, and the driver passes over it. */
  private static void driver(HikariConfig config, String property, Object value) {
    config.addDataSourceProperty(property, value.toString());
  }

  /** Always the same one: stores that share it can join one transaction. */
  DataSource source() {
    return source;
  }

  private Connection borrow() throws SQLException {
    Duration most = RequestDeadline.remaining(connectionTimeout);
    if (closed) {
      throw new SQLTransientConnectionException("The pool is closed.", "57P01");
    }
    if (most.toMillis() <= 0) {
      throw tooLate();
    }
    Connection connection = connection(most);
    Duration left = RequestDeadline.remaining(STATEMENT_TIMEOUT);
    Duration answer = (left.isNegative() ? Duration.ZERO : left).plus(ANSWER_GRACE);
    try {
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(answer.toMillis()));
    } catch (SQLException | RuntimeException | Error e) {
      pool.evictConnection(connection);
      throw e;
    }
    return connection;
  }

  private Connection connection(Duration most) throws SQLException {
    try {
      return pool.getConnection(most.toMillis());
    } catch (SQLTransientConnectionException e) {
      if (e.getCause() != null || e.getSQLState() != null || pool.getTotalConnections() == 0) {
        throw new SQLTransientConnectionException("No connection could be opened.", "08001", e);
      }
      if (!RequestDeadline.remaining(connectionTimeout).isPositive()) {
        throw tooLate();
      }
      throw e;
    }
  }

  private static SQLTimeoutException tooLate() {
    return new SQLTimeoutException(
        "The request's deadline passed before it had a connection.", "57014");
  }

  @Override
  public void close() {
    closed = true;
    try {
      pool.shutdown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The pool as the stores take it. */
  private final class Source extends AbstractDataSource {

    @Override
    public Connection getConnection() throws SQLException {
      return borrow();
    }

    @Override
    public Connection getConnection(String user, String password) {
      throw new UnsupportedOperationException("The login is the pool's own.");
    }
  }
}

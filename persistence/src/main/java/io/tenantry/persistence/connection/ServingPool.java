package io.tenantry.persistence.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.Credentials;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.error.LimitExceededException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * The pool of connections that serve requests. Between two transactions each of them is a login
 * without a privilege on any table. Thread-safe; borrowing blocks until the pool's timeout, or what
 * is left of the request's deadline when that is less.
 *
 * <p>Not a bean of type {@code DataSource}: whoever could inject it would have connections without
 * a tenant. Holds HikariCP's pool itself, since its data source knows one timeout for everybody.
 */
class ServingPool implements AutoCloseable {

  /** How long the driver waits for an answer beyond the statement's own timeout. */
  private static final Duration SOCKET_GRACE = Duration.ofSeconds(5);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  // A borrower waits for this, too, when a connection that lay idle turns out to be dead.
  private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(1);
  // Two texts of the checkout per tenant, and the tenant's own statements.
  private static final int CACHED_STATEMENTS = 256;

  private final HikariPool pool;
  private final Duration connectionTimeout;
  private final TenantTurns turns;
  private final ConnectionMetrics metrics;
  private final boolean pooled;
  private volatile boolean closed;

  /** A pool of which one tenant may take all, and of which nothing is measured. */
  ServingPool(DatabaseAddress address, CredentialSource credentials, PoolSettings settings) {
    this(
        address,
        credentials,
        settings,
        PoolerSettings.none(),
        tenant -> settings.size(),
        ConnectionMetrics.none());
  }

  ServingPool(
      DatabaseAddress address,
      CredentialSource credentials,
      PoolSettings settings,
      PoolerSettings pooler,
      ConnectionQuota quota,
      ConnectionMetrics metrics) {
    this.pooled = pooler.present();
    this.connectionTimeout = settings.connectionTimeout();
    this.turns = new TenantTurns(quota, settings.size(), metrics);
    this.metrics = metrics;
    HikariConfig config = new HikariConfig();
    config.setPoolName("serving");
    config.setJdbcUrl(pooler.before(address).jdbcUrl("tenantry-api"));
    config.setCredentialsProvider(
        () -> {
          LoginCredentials login = credentials.login(Duty.APP);
          return Credentials.of(login.user(), login.password());
        });
    config.setAutoCommit(false);
    config.setMaximumPoolSize(settings.size());
    config.setMinimumIdle(settings.size());
    config.setConnectionTimeout(settings.connectionTimeout().toMillis());
    config.setValidationTimeout(
        Math.min(VALIDATION_TIMEOUT.toMillis(), settings.connectionTimeout().toMillis()));
    config.setMaxLifetime(settings.maxLifetime().toMillis());
    // The database may be away at the start: serve nothing then, but start.
    config.setInitializationFailTimeout(-1);
    // The beans would show the credentials.
    config.setRegisterMbeans(false);
    config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(metrics.registry()));
    driver(config, "preparedStatementCacheQueries", CACHED_STATEMENTS);
    driver(config, "connectTimeout", CONNECT_TIMEOUT.toSeconds());
    // A server that takes the connection and says no more must not hold up the ones after it.
    driver(config, "loginTimeout", CONNECT_TIMEOUT.toSeconds());
    driver(config, "socketTimeout", settings.statementTimeout().plus(SOCKET_GRACE).toSeconds());
    driver(config, "tcpKeepAlive", true);
    // Values of rows stand in the server's details; they must not reach a log.
    driver(config, "logServerErrorDetail", false);
    if (pooled) {
      // A pooler refuses the connection for options (08P01), or would drop them.
      prepareFor(pooler.kind(), config);
    } else {
      // Every name is qualified; nothing depends on what a login's own settings say.
      driver(config, "options", PinnedParameters.OPTIONS);
    }
    config.validate();
    this.pool = new HikariPool(config);
  }

  /** A name prepared on one of the pooler's sessions is unknown, or another's, on the next. */
  private static void prepareFor(PoolerSettings.Kind kind, HikariConfig config) {
    if (kind == PoolerSettings.Kind.PGBOUNCER_UNPREPARED) {
      driver(config, "prepareThreshold", 0);
    }
    // HikariCP would close the connection at once, with the session behind it still to be cleared.
    config.setExceptionOverride(new LeftBehind.Kept());
  }

  /** As text: what is not, HikariCP passes on as it is, and the driver passes over it. */
  private static void driver(HikariConfig config, String property, Object value) {
    config.addDataSourceProperty(property, value.toString());
  }

  /** A connection for the pool's own purposes; it counts for no tenant. */
  Connection borrow() throws SQLException {
    Duration most = RequestDeadline.remaining(connectionTimeout);
    return connection(most, cutShort(most));
  }

  /**
   * A connection for {@code tenant}, which must not have been entered yet.
   *
   * @throws LimitExceededException when the tenant has as many as it may have for all that time
   * @throws SQLTimeoutException when the request's deadline has passed
   * @throws SQLTransientConnectionException when all are in use for all that time; with an SQLSTATE
   *     when the database is away
   */
  Lease borrow(TenantId tenant) throws SQLException {
    long start = System.nanoTime();
    Duration most = RequestDeadline.remaining(connectionTimeout);
    if (!most.isPositive()) {
      throw tooLate(null);
    }
    boolean cutShort = cutShort(most);
    TenantTurns.Turn turn = turn(tenant, most);
    try {
      Duration left = most.minusNanos(System.nanoTime() - start);
      Duration atLeast = Duration.ofMillis(1);
      return new TenantLease(
          this, connection(left.compareTo(atLeast) < 0 ? atLeast : left, cutShort), turn);
    } catch (SQLException | RuntimeException | Error e) {
      turn.end();
      throw e;
    }
  }

  private TenantTurns.Turn turn(TenantId tenant, Duration most) throws SQLException {
    try {
      return turns.take(tenant, most);
    } catch (LimitExceededException e) {
      if (pool.getTotalConnections() == 0) {
        // Who has a turn waits for a database that is away. Not the tenant's doing, and so not the
        // failure's cause either.
        throw away(null);
      }
      throw e;
    } catch (SQLTransientConnectionException e) {
      throw pool.getTotalConnections() == 0 ? away(e) : busy(e, cutShort(most));
    }
  }

  /** Whether the deadline ends a wait of {@code most} before the pool's own timeout would. */
  private boolean cutShort(Duration most) {
    return most.compareTo(connectionTimeout) < 0;
  }

  private Connection connection(Duration most, boolean cutShort) throws SQLException {
    if (closed) {
      throw new SQLTransientConnectionException("The pool is closed.", "57P01");
    }
    if (most.toMillis() <= 0) {
      throw tooLate(null);
    }
    try {
      return pool.getConnection(most.toMillis());
    } catch (SQLTransientConnectionException e) {
      if (e.getCause() != null || e.getSQLState() != null || pool.getTotalConnections() == 0) {
        throw away(e);
      }
      throw busy(e, cutShort);
    }
  }

  private static SQLTransientConnectionException away(@Nullable SQLException cause) {
    return new SQLTransientConnectionException("No connection could be opened.", "08001", cause);
  }

  /** A wait that was cut short by the deadline says nothing about the pool. */
  private static SQLException busy(SQLTransientConnectionException failure, boolean cutShort) {
    return cutShort ? tooLate(failure) : failure;
  }

  private static SQLTimeoutException tooLate(@Nullable SQLException cause) {
    return new SQLTimeoutException(
        "The request's deadline passed before it had a connection.", "57014", cause);
  }

  /**
   * Demands that the server reads literals as the statement guard does. The driver knows: the
   * server tells it of each change. Sends nothing.
   *
   * @throws SQLException when it does not; the connection must then be thrown away
   */
  static void demandStandardStrings(Connection borrowed) throws SQLException {
    if (!borrowed.unwrap(BaseConnection.class).getStandardConformingStrings()) {
      throw new SQLException("The session's standard_conforming_strings is off.", "57P01");
    }
  }

  /** Takes a connection back and keeps it for the next borrower. */
  void giveBack(Connection borrowed) throws SQLException {
    borrowed.close();
  }

  /**
   * To be called when the guard refused to enter a tenant, before the connection is thrown away.
   */
  void refused(Connection borrowed, SQLException refusal) {
    if (pooled) {
      LeftBehind.clear(borrowed, refusal);
    }
  }

  /** How many tenants have a connection or wait for one. */
  int tenantsInTurn() {
    return turns.size();
  }

  /** Closes the connection for good instead of keeping it for the next borrower. */
  void evict(Connection borrowed) {
    metrics.evicted();
    pool.evictConnection(borrowed);
  }

  ConnectionMetrics metrics() {
    return metrics;
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
}

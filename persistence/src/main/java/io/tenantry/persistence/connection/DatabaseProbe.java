package io.tenantry.persistence.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/** Tells whether the pool has a connection that works; sees no tenant's data. Thread-safe. */
public final class DatabaseProbe {

  private final ServingPool pool;
  private final Duration timeout;
  private volatile boolean last;

  DatabaseProbe(ServingPool pool, Duration timeout) {
    this.pool = pool;
    this.timeout = timeout;
  }

  /**
   * Blocks for as long as the pool's connection timeout, and the probe's own, at the most. While
   * all connections are in use nothing new is known of the database, and the last answer stands.
   */
  public boolean reachable() {
    try (Connection connection = pool.borrow()) {
      last = connection.isValid(Math.toIntExact(Math.max(1, timeout.toSeconds())));
    } catch (SQLException e) {
      if (!allInUse(e)) {
        last = false;
      }
    } catch (RuntimeException e) {
      last = false;
      throw e;
    }
    return last;
  }

  /** HikariCP waited in vain and has no failed attempt to connect to tell of. */
  private static boolean allInUse(SQLException e) {
    return e instanceof SQLTransientConnectionException
        && e.getSQLState() == null
        && e.getCause() == null;
  }
}

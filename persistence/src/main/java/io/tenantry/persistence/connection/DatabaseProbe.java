package io.tenantry.persistence.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Tells whether the pool has a connection that works; sees no tenant's data. Thread-safe. */
public final class DatabaseProbe {

  private final ServingPool pool;
  private final Duration timeout;

  DatabaseProbe(ServingPool pool, Duration timeout) {
    this.pool = pool;
    this.timeout = timeout;
  }

  /** Blocks for as long as the pool's connection timeout, and the probe's own, at the most. */
  public boolean reachable() {
    try (Connection connection = pool.borrow()) {
      return connection.isValid(Math.toIntExact(Math.max(1, timeout.toSeconds())));
    } catch (SQLException e) {
      return false;
    }
  }
}

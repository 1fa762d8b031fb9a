package io.tenantry.persistence.connection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection that a tenant has borrowed, together with its turn: both end by one call. For one
 * thread.
 */
final class Lease {

  private final ServingPool pool;
  private final Connection connection;
  private final TenantTurns.Turn turn;

  Lease(ServingPool pool, Connection connection, TenantTurns.Turn turn) {
    this.pool = pool;
    this.connection = connection;
    this.turn = turn;
  }

  Connection connection() {
    return connection;
  }

  /** Leaves the connection to the next borrower. */
  void giveBack() throws SQLException {
    try {
      pool.giveBack(connection);
    } finally {
      turn.end();
    }
  }

  /** Closes the connection for good. */
  void evict() {
    try {
      pool.evict(connection);
    } finally {
      turn.end();
    }
  }
}

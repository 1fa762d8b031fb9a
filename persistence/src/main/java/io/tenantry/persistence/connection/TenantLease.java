package io.tenantry.persistence.connection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection of the pool, together with the tenant's turn: both end by one call. For one thread.
 */
final class TenantLease implements Lease {

  private final ServingPool pool;
  private final Connection connection;
  private final TenantTurns.Turn turn;

  TenantLease(ServingPool pool, Connection connection, TenantTurns.Turn turn) {
    this.pool = pool;
    this.connection = connection;
    this.turn = turn;
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public void giveBack() throws SQLException {
    try {
      pool.giveBack(connection);
    } finally {
      turn.end();
    }
  }

  @Override
  public void refused(SQLException refusal) {
    pool.refused(connection, refusal);
  }

  @Override
  public void evict() {
    try {
      pool.evict(connection);
    } finally {
      turn.end();
    }
  }
}

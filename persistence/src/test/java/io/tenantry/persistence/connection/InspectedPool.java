package io.tenantry.persistence.connection;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Looks at connections as they are given back, before anybody tidies them. */
final class InspectedPool extends ServingPool {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SoakFigures figures;
  private final int oneIn;

  /**
   * @param oneIn at how many of them it looks: 1 for each, 4 for every fourth or so
   */
  InspectedPool(
      DatabaseAddress address,
      CredentialSource credentials,
      PoolSettings settings,
      PoolerSettings pooler,
      ConnectionQuota quota,
      ConnectionMetrics metrics,
      SoakFigures figures,
      int oneIn) {
    super(address, credentials, settings, pooler, quota, metrics);
    this.figures = figures;
    this.oneIn = oneIn;
  }

  @Override
  void giveBack(Connection borrowed) throws SQLException {
    try {
      if (ThreadLocalRandom.current().nextInt(oneIn) == 0 && !borrowed.isClosed()) {
        inspect(borrowed);
      }
    } finally {
      super.giveBack(borrowed);
    }
  }

  private void inspect(Connection borrowed) {
    // The connection of a thread that is interrupted closes at the first look.
    boolean interrupted = Thread.interrupted();
    try {
      borrowed.setNetworkTimeout(Runnable::run, Math.toIntExact(PATIENCE.toMillis()));
      String left = SessionLook.at(borrowed);
      figures.looks.increment();
      if (!left.isEmpty()) {
        figures.left(left);
      }
    } catch (SQLException e) {
      // Killed at this moment, like any other.
      figures.failed("look " + e.getSQLState());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

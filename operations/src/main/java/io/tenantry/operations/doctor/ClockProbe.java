package io.tenantry.operations.doctor;

import io.tenantry.control.SqlFailures;
import io.tenantry.persistence.connection.ServerClock;
import io.tenantry.tenancy.finding.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/** Compares the server's clock with this machine's. */
final class ClockProbe {

  private static final Duration MOST = Duration.ofSeconds(1);

  private ClockProbe() {}

  static Optional<Finding> finding(DataSource source) {
    try (Connection connection = source.getConnection()) {
      return ServerClock.skew(connection, InstantSource.system(), MOST);
    } catch (SQLException e) {
      throw SqlFailures.translate("comparing clocks", e);
    }
  }
}

package io.tenantry.operations.doctor;

import io.tenantry.control.SqlFailures;
import io.tenantry.tenancy.finding.ClockSkew;
import io.tenantry.tenancy.finding.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.sql.DataSource;

/** Compares the server's clock with this machine's. */
final class ClockProbe {

  private static final Duration MOST = Duration.ofSeconds(1);
  private static final String NOW = "select (extract(epoch from clock_timestamp()) * 1e6)::bigint";

  private ClockProbe() {}

  static Optional<Finding> finding(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      Instant before = Instant.now();
      Instant there;
      try (ResultSet row = statement.executeQuery(NOW)) {
        row.next();
        there = Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS);
      }
      return ClockSkew.of(before, there, Instant.now(), MOST);
    } catch (SQLException e) {
      throw SqlFailures.translate("comparing clocks", e);
    }
  }
}

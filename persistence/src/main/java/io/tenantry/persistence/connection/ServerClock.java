package io.tenantry.persistence.connection;

import io.tenantry.tenancy.finding.ClockSkew;
import io.tenantry.tenancy.finding.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Asks a server for its time. Stateless; blocks for one answer. */
public final class ServerClock {

  private static final String NOW =
      "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";

  private ServerClock() {}

  /**
   * What to say of the server's clock, empty when it agrees with {@code here}.
   *
   * @param connection of any login; a transaction that this begins is left open
   * @param most by how much the clocks may disagree
   */
  public static Optional<Finding> skew(Connection connection, InstantSource here, Duration most)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Instant before = here.instant();
      try (ResultSet row = statement.executeQuery(NOW)) {
        row.next();
        Instant there = Instant.EPOCH.plus(row.getLong(1), ChronoUnit.MICROS);
        return ClockSkew.of(before, there, here.instant(), most);
      }
    }
  }
}

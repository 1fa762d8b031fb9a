package io.tenantry.migrations.offboarding;

import io.tenantry.control.SqlFailures;
import io.tenantry.control.Tenant;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.provisioning.NotYet;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Waits for a deleted tenant's transactions. Which tenant's a transaction is cannot be seen from
 * outside: a session shows its login, and not the role it has taken. So all transactions of the
 * runtime logins that were begun before every instance refused the tenant are waited for, and those
 * that have locked a table of its schema, whenever they began; but never longer than told, since
 * one of another tenant's might not end.
 */
final class RunningTransactions {

  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final String RUNNING =
      """
      select count(*), clock_timestamp() from pg_stat_activity a
      where a.datname = current_database() and a.usename = any (?)
        and (a.xact_start < ? or exists (
          select from pg_locks l join pg_class c on c.oid = l.relation
          where l.pid = a.pid and c.relnamespace = to_regnamespace(?)
            and l.database = (select d.oid from pg_database d where d.datname = a.datname)))
      """;

  private record Seen(long transactions, Instant now) {}

  private final DataSource monitor;

  RunningTransactions(DataSource monitor) {
    this.monitor = monitor;
  }

  /** Goes on when every instance has felt the deletion. */
  String awaitFelt(Tenant tenant, Duration feltWithin) {
    Instant felt = deleted(tenant).plus(feltWithin);
    Instant now = look(tenant, felt).now();
    if (now.isBefore(felt)) {
      throw new NotYet("every instance has to feel it", Duration.between(now, felt));
    }
    return "deleted at " + deleted(tenant);
  }

  /** Goes on when none runs, or the wait is over. */
  String awaitEnd(Tenant tenant, Duration feltWithin, Duration longestWait) {
    Instant felt = deleted(tenant).plus(feltWithin);
    Seen seen = look(tenant, felt);
    if (seen.transactions() == 0) {
      return "none runs";
    }
    if (seen.now().isBefore(felt.plus(longestWait))) {
      throw new NotYet(seen.transactions() + " transactions may be of the tenant", AGAIN);
    }
    return seen.transactions() + " older ones still ran after " + longestWait.toSeconds() + " s";
  }

  private Seen look(Tenant tenant, Instant before) {
    try (Connection connection = monitor.getConnection();
        PreparedStatement statement = connection.prepareStatement(RUNNING)) {
      statement.setArray(
          1, connection.createArrayOf("text", Duty.APP.logins().toArray(String[]::new)));
      statement.setObject(2, OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
      statement.setString(3, TenantNames.schema(tenant.id()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Seen(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant());
      }
    } catch (SQLException e) {
      throw SqlFailures.translate("looking for running transactions", e);
    }
  }

  private static Instant deleted(Tenant tenant) {
    return Objects.requireNonNull(tenant.end().deletedAt(), "not deleted");
  }
}

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
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Waits for a deleted tenant's transactions. Which tenant's a transaction is cannot be seen from
 * outside: a session shows its login, and not the role it has taken. So all transactions of some
 * logins that were begun before a moment are waited for, and those that have locked a table of its
 * schema, whenever they began. Thread-safe; blocks on the database.
 */
public final class RunningTransactions {

  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_NAMED = 5;

  /** Whoever has entered a tenant. */
  private static final List<String> SERVING = List.copyOf(Duty.APP.logins());

  /** Whoever may write something of a tenant's, in any table. */
  private static final List<String> WRITING =
      Stream.of(Duty.APP, Duty.CONTROL, Duty.MIGRATE)
          .flatMap(duty -> duty.logins().stream())
          .toList();

  private static final String RUNNING =
      """
      select array_agg(a.pid order by a.xact_start), clock_timestamp() from pg_stat_activity a
      where a.datname = current_database() and a.usename = any (?)
        and (a.xact_start < ? or exists (
          select from pg_locks l join pg_class c on c.oid = l.relation
          where l.pid = a.pid and c.relnamespace = to_regnamespace(?)
            and l.database = (select d.oid from pg_database d where d.datname = a.datname)))
      """;

  private record Seen(List<Integer> pids, Instant now) {}

  private final DataSource monitor;

  /**
   * @param monitor a login that sees other sessions' transactions
   */
  public RunningTransactions(DataSource monitor) {
    this.monitor = monitor;
  }

  /** Goes on when every instance has felt the deletion. */
  String awaitFelt(Tenant tenant, Duration feltWithin) {
    Instant felt = deleted(tenant).plus(feltWithin);
    Instant now = look(tenant, felt, SERVING).now();
    if (now.isBefore(felt)) {
      throw new NotYet("Every instance has to feel it first.", Duration.between(now, felt));
    }
    return "deleted at " + deleted(tenant);
  }

  /** Goes on when none runs, or the wait is over: one of another tenant's might not end. */
  String awaitEnd(Tenant tenant, Duration feltWithin, Duration longestWait) {
    Instant felt = deleted(tenant).plus(feltWithin);
    Seen seen = look(tenant, felt, SERVING);
    if (seen.pids().isEmpty()) {
      return "none runs";
    }
    if (seen.now().isBefore(felt.plus(longestWait))) {
      throw stillRun(seen, AGAIN);
    }
    return seen.pids().size() + " older ones still ran after " + longestWait.toSeconds() + " s";
  }

  /**
   * Goes on when no transaction runs that was begun before that moment and could write something of
   * the tenant's, however long that takes.
   *
   * @throws NotYet while there is one, with its process id
   */
  public String awaitAllBefore(Tenant tenant, Instant moment) {
    Seen seen = look(tenant, moment, WRITING);
    if (seen.pids().isEmpty()) {
      return "none runs";
    }
    // What has run for long may run for longer: others need the worker more.
    Duration waited = Duration.between(moment, seen.now()).dividedBy(10);
    Duration pause = waited.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : waited;
    throw stillRun(seen, pause.compareTo(AGAIN) < 0 ? AGAIN : pause);
  }

  private static NotYet stillRun(Seen seen, Duration pause) {
    int all = seen.pids().size();
    List<String> named = seen.pids().stream().limit(MOST_NAMED).map(String::valueOf).toList();
    return new NotYet(
        (all == 1 ? "1 transaction" : all + " transactions")
            + " that may be of the tenant still run; of the server's "
            + (named.size() == 1 ? "process " : "processes ")
            + String.join(", ", named)
            + (all > MOST_NAMED ? " and others." : "."),
        pause);
  }

  private Seen look(Tenant tenant, Instant before, List<String> logins) {
    try (Connection connection = monitor.getConnection();
        PreparedStatement statement = connection.prepareStatement(RUNNING)) {
      statement.setArray(1, connection.createArrayOf("text", logins.toArray()));
      statement.setObject(2, OffsetDateTime.ofInstant(before, ZoneOffset.UTC));
      statement.setString(3, TenantNames.schema(tenant.id()));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        List<Integer> pids =
            row.getArray(1) == null ? List.of() : List.of((Integer[]) row.getArray(1).getArray());
        return new Seen(pids, row.getObject(2, OffsetDateTime.class).toInstant());
      }
    } catch (SQLException e) {
      throw SqlFailures.translate("looking for running transactions", e);
    }
  }

  private static Instant deleted(Tenant tenant) {
    return Objects.requireNonNull(tenant.end().deletedAt(), "not deleted");
  }
}

package io.tenantry.control;

import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of a run, for the worker that carries it out. Every write names the worker: who lost
 * the run's lease gets {@link LeaseLostException} and changes nothing. Thread-safe; each call is
 * one transaction of a control login and blocks on the database, whose clock it is; {@code
 * database_unavailable} when it is away.
 */
public final class MigrationWork {

  // By a hash of the id, since ids are in the order of time: the oldest are not always first.
  private static final String IN_NEED =
      """
      select s.tenant_id, s.version, coalesce(t.slug = any (?), false) as first
      from tenantry_control.tenant_schemas s left join tenantry_control.tenants t on t.id = s.tenant_id
      where s.version = any (?) and not exists (
        select from tenantry_control.migration_results x
        where x.run_id = ? and x.tenant_id = s.tenant_id)
      order by first desc, md5(s.tenant_id::text)
      """;
  private static final String CHANGED_BY =
      """
      select x.tenant_id, s.version, coalesce(t.slug = any (?), false) as first, x.from_version
      from tenantry_control.migration_results x
      join tenantry_control.tenant_schemas s on s.tenant_id = x.tenant_id and s.changed_run_id = x.run_id
      left join tenantry_control.tenants t on t.id = x.tenant_id
      where x.run_id = ? and s.version <> x.from_version
        and not exists (select from tenantry_control.migration_results y
          where y.run_id = ? and y.tenant_id = x.tenant_id)
      order by first desc, md5(x.tenant_id::text)
      """;
  private static final String ADD =
      """
      insert into tenantry_control.migration_results (run_id, tenant_id, wave, from_version, to_version)
      select ?, n.tenant_id, n.wave, n.from_version, n.to_version
      from unnest(?::uuid[], ?::int[], ?::text[], ?::text[]) n (tenant_id, wave, from_version, to_version)
      -- Held until the commit: a purge takes that row away before it looks for what is left.
      join tenantry_control.tenant_schemas s on s.tenant_id = n.tenant_id
      for key share of s
      on conflict do nothing
      """;
  private static final String PENDING =
      """
      select x.tenant_id, x.wave, coalesce(s.version, x.from_version) as at_version, x.to_version,
        x.attempts
      from tenantry_control.migration_results x
      left join tenantry_control.tenant_schemas s on s.tenant_id = x.tenant_id
      where x.run_id = ? and x.state = 'PENDING'
        and x.wave = (select min(y.wave) from tenantry_control.migration_results y
          where y.run_id = ? and y.state = 'PENDING')
      order by md5(x.tenant_id::text)
      """;
  private static final String MOVED_ON =
      """
      select count(*)::int from tenantry_control.migration_results x
      join tenantry_control.tenant_schemas s on s.tenant_id = x.tenant_id
      where x.run_id = ? and x.tenant_id = ? and x.state = 'PENDING'
        and s.version not in (x.to_version, ?)
      """;
  private static final String BUSY =
      """
      update tenantry_control.migration_results set wave = wave + 1, attempts = attempts + 1,
        changeset = ?, sqlstate = ?
      where run_id = ? and tenant_id = ? and state = 'PENDING'
      """;
  private static final String END_ONE =
      """
      update tenantry_control.migration_results set state = ?, changeset = ?, sqlstate = ?,
        detail = ?, attempts = attempts + 1, finished_at = clock_timestamp()
      where run_id = ? and tenant_id = ? and (state = 'PENDING' or state = ?)
      """;
  private static final String REGISTER_FAILURE =
      """
      update tenantry_control.tenant_schemas set failed_changeset = ?, failed_sqlstate = ?,
        failed_run_id = ?
      where tenant_id = ?
      """;

  private final ControlTransactions transactions;

  public MigrationWork(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /**
   * The tenants of these versions that the run does not have yet, in the order of their turns.
   *
   * @param canaries slugs of those that come first; none: the platform's own
   */
  public List<WaitingTenant> inNeed(UUID run, List<String> canaries, List<String> versions) {
    return transactions.call(
        "finding the tenants of a run",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(IN_NEED)) {
            statement.setArray(1, slugs(connection, canaries));
            statement.setArray(2, connection.createArrayOf("text", versions.toArray()));
            statement.setObject(3, run);
            return waiting(statement, false);
          }
        });
  }

  /** The tenants that another run has changed last, and that this run does not have yet. */
  public List<WaitingTenant> changedBy(UUID reverted, UUID run, List<String> canaries) {
    return transactions.call(
        "finding the tenants of a run",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(CHANGED_BY)) {
            statement.setArray(1, slugs(connection, canaries));
            statement.setObject(2, reverted);
            statement.setObject(3, run);
            return waiting(statement, true);
          }
        });
  }

  /**
   * Gives the run its tenants; those that it has stay as they are, and those purged are left out.
   */
  public void add(UUID run, String worker, List<MigrationTask> tasks) {
    transactions.<@Nullable Void>call(
        "planning a run",
        connection -> {
          MigrationRows.hold(connection, run, worker);
          try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            statement.setObject(1, run);
            statement.setArray(
                2,
                connection.createArrayOf(
                    "uuid", tasks.stream().map(task -> task.tenant().value()).toArray()));
            statement.setArray(
                3,
                connection.createArrayOf(
                    "int4", tasks.stream().map(MigrationTask::wave).toArray()));
            statement.setArray(
                4,
                connection.createArrayOf(
                    "text", tasks.stream().map(MigrationTask::atVersion).toArray()));
            statement.setArray(
                5,
                connection.createArrayOf(
                    "text", tasks.stream().map(MigrationTask::toVersion).toArray()));
            statement.executeUpdate();
            return null;
          }
        });
  }

  /** What is left of the earliest wave that has something left; empty: nothing is. */
  public List<MigrationTask> nextWave(UUID run) {
    return transactions.call(
        "reading a wave",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(PENDING)) {
            statement.setObject(1, run);
            statement.setObject(2, run);
            List<MigrationTask> tasks = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                tasks.add(
                    new MigrationTask(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getInt("wave"),
                        row.getString("at_version"),
                        row.getString("to_version"),
                        row.getInt("attempts")));
              }
            }
            return tasks;
          }
        });
  }

  /** The number of the last wave; -1 when there is none. */
  public int lastWave(UUID run) {
    return number(
        "select coalesce(max(wave), -1) from tenantry_control.migration_results"
            + " where run_id = ?",
        run);
  }

  /** Whether the tenant is still to be changed, but not from where the run saw it. */
  public boolean movedOn(UUID run, MigrationTask task) {
    return number(MOVED_ON, run, task.tenant().value(), task.atVersion()) > 0;
  }

  private int number(String sql, Object... values) {
    return transactions.call(
        "looking at a run",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              statement.setObject(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
              row.next();
              return row.getInt(1);
            }
          }
        });
  }

  /** The tenant was busy; its turn comes again in the next wave. */
  public void busy(
      UUID run,
      String worker,
      TenantId tenant,
      @Nullable String changeSet,
      @Nullable String sqlState) {
    transactions.<@Nullable Void>call(
        "putting a tenant off",
        connection -> {
          MigrationRows.hold(connection, run, worker);
          MigrationRows.update(connection, BUSY, changeSet, sqlState, run, tenant.value());
          return null;
        });
  }

  /** The tenant has nothing to be done any more. */
  public void skipped(UUID run, String worker, TenantId tenant, String detail) {
    transactions.<@Nullable Void>call(
        "leaving a tenant out",
        connection -> {
          MigrationRows.hold(connection, run, worker);
          MigrationRows.update(
              connection, END_ONE, "SKIPPED", null, null, detail, run, tenant.value(), "PENDING");
          return null;
        });
  }

  /**
   * The tenant failed: it keeps its state and its version, and the registry says where it stopped.
   *
   * @param changeSet in which it failed, or that would have been the first
   * @param holdBack whether it is quarantined, since what it lacks is needed
   */
  public void failed(
      UUID run,
      String worker,
      TenantId tenant,
      String changeSet,
      @Nullable String sqlState,
      @Nullable String detail,
      boolean holdBack) {
    transactions.<@Nullable Void>call(
        "writing a failure down",
        connection -> {
          MigrationRows.hold(connection, run, worker);
          MigrationRows.update(
              connection,
              END_ONE,
              "FAILED",
              changeSet,
              sqlState,
              detail,
              run,
              tenant.value(),
              "SUCCEEDED");
          MigrationRows.update(
              connection, REGISTER_FAILURE, changeSet, sqlState, run, tenant.value());
          if (holdBack) {
            HeldBack.hold(connection, tenant, By.worker(worker));
          }
          return null;
        });
  }

  /** Serves again those whose quarantine was a run's, and that lack nothing any more. */
  public void release(String worker) {
    transactions.<@Nullable Void>call(
        "lifting quarantines",
        connection -> {
          HeldBack.release(connection, By.worker(worker));
          return null;
        });
  }

  private static java.sql.Array slugs(Connection connection, List<String> canaries)
      throws SQLException {
    Object[] slugs =
        canaries.isEmpty()
            ? Canaries.PAIR.stream().map(TenantSlug::value).toArray()
            : canaries.toArray();
    return connection.createArrayOf("text", slugs);
  }

  private static List<WaitingTenant> waiting(PreparedStatement statement, boolean back)
      throws SQLException {
    List<WaitingTenant> all = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        all.add(
            new WaitingTenant(
                new TenantId(row.getObject("tenant_id", UUID.class)),
                row.getString("version"),
                row.getBoolean("first"),
                back ? row.getString("from_version") : null));
      }
    }
    return all;
  }
}

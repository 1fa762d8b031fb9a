package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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

  private static final String MOVED_ON =
      """
      select count(*)::int from tenantry_control.migration_results x
      join tenantry_control.tenant_schemas s on s.tenant_id = x.tenant_id
      where x.run_id = ? and x.tenant_id = ? and x.state = 'PENDING'
        and s.version not in (x.to_version, ?)
      """;
  // The first wave tells whether there may be another: who is in it stays in it.
  private static final String BUSY =
      """
      update tenantry_control.migration_results set
        wave = case wave when 0 then 0 else wave + 1 end, attempts = attempts + 1,
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

  private static final String READY =
      """
      select to_regprocedure(
        'tenantry_control.begin_migration_turn(uuid, text, uuid, text, bigint, boolean)') is not null
      """;

  private final ControlTransactions transactions;

  public MigrationWork(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /** Whether the platform's changelog has come to where this build's runs can work. */
  public boolean ready() {
    return transactions.call(
        "looking at the platform's functions",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(READY);
              ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
          }
        });
  }

  /**
   * The tenants of these versions that the run does not have yet, in the order of their turns.
   *
   * @param canaries slugs of those that come first; none: the platform's own
   */
  public List<WaitingTenant> inNeed(UUID run, List<String> canaries, List<String> versions) {
    return transactions.call(
        "finding the tenants of a run",
        connection -> TaskRows.inNeed(connection, run, canaries, versions));
  }

  /** The tenants that another run has changed last, and that this run does not have yet. */
  public List<WaitingTenant> changedBy(UUID reverted, UUID run, List<String> canaries) {
    return transactions.call(
        "finding the tenants of a run",
        connection -> TaskRows.changedBy(connection, reverted, run, canaries));
  }

  /**
   * Gives the run its tenants; those that it has stay as they are, and those purged are left out.
   */
  public void add(UUID run, String worker, List<MigrationTask> tasks) {
    transactions.<@Nullable Void>call(
        "planning a run",
        connection -> {
          MigrationRows.hold(connection, run, worker);
          TaskRows.add(connection, run, tasks);
          return null;
        });
  }

  /** What is left of the earliest wave that has something left; empty: nothing is. */
  public List<MigrationTask> nextWave(UUID run) {
    return transactions.call("reading a wave", connection -> TaskRows.pending(connection, run));
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

  /** The tenant was busy; its turn comes again in the next wave, or in the first one again. */
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
}

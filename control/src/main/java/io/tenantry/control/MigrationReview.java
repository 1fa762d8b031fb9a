package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a run has come to, as its worker asks between two waves and at its end. All of it is read
 * from what was written down, so a worker that takes the run over knows as much as the one before.
 * Thread-safe; each call is one transaction of a control login and blocks on the database; {@code
 * database_unavailable} when it is away.
 */
public final class MigrationReview {

  // One that has drifted was looked at, but whoever did may have died before the run knew.
  private static final String CHANGED_AND_NOT_PROVEN =
      """
      where x.run_id = ? and x.state = 'SUCCEEDED'
        and s.tenant_id = x.tenant_id and s.changed_run_id = x.run_id
        and (s.drifted or s.checked_at is null or s.checked_at < s.changed_at)
      """;
  private static final String UNPROVEN =
      """
      select s.tenant_id, s.version
      from tenantry_control.migration_results x, tenantry_control.tenant_schemas s
      """
          + CHANGED_AND_NOT_PROVEN;
  private static final String LEFT_UNPROVEN =
      """
      update tenantry_control.migration_results x set detail = ?
      from tenantry_control.tenant_schemas s
      """
          + CHANGED_AND_NOT_PROVEN;
  // As long as no later wave has begun, every failure is one of the first.
  private static final String FIRST_WAVE_FAILED =
      """
      select count(*) filter (where x.state = 'FAILED') > r.accepted_failures
        and not coalesce(bool_or(x.wave > 0 and (x.state <> 'PENDING' or x.attempts > 0)), false)
      from tenantry_control.migration_runs r
      join tenantry_control.migration_results x on x.run_id = r.id
      where r.id = ? group by r.id
      """;
  // Not this run's own, and not what a proof has found: that is over when the schema is mended.
  // Schemas that were made at a version, rather than brought there, say nothing of where runs go.
  private static final String OVER =
      """
      update tenantry_control.tenant_schemas s
      set failed_changeset = null, failed_sqlstate = null, failed_run_id = null
      where s.failed_run_id <> ?
        and not exists (select from tenantry_control.migration_results x
          where x.run_id = s.failed_run_id and x.tenant_id = s.tenant_id and x.to_version = s.version)
        and not exists (select from tenantry_control.tenant_schemas h
          where h.failed_run_id is null and h.changed_run_id is not null and h.version <> s.version)
      """;

  private final ControlTransactions transactions;

  public MigrationReview(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /** Those that the run has changed and nobody has looked at since, by their version. */
  public Map<String, Set<TenantId>> unproven(UUID run) {
    return transactions.call(
        "finding the schemas to be looked at",
        connection -> {
          Map<String, Set<TenantId>> unproven = new HashMap<>();
          try (PreparedStatement statement = connection.prepareStatement(UNPROVEN)) {
            statement.setObject(1, run);
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                unproven
                    .computeIfAbsent(row.getString("version"), _ -> new HashSet<>())
                    .add(new TenantId(row.getObject("tenant_id", UUID.class)));
              }
            }
          }
          return unproven;
        });
  }

  /**
   * Says with each of {@link #unproven} that it is so, since the run ends.
   *
   * @return how many they are
   */
  public int leaveUnproven(UUID run, String worker, String detail) {
    return transactions.call(
        "writing down what was not looked at",
        connection -> {
          MigrationRows.hold(connection, run, worker);
          return MigrationRows.update(connection, LEFT_UNPROVEN, detail, run);
        });
  }

  /** Whether a tenant of the first wave failed and no other wave may begin because of it. */
  public boolean firstWaveFailed(UUID run) {
    return transactions.call(
        "looking at a run's first wave", connection -> firstWaveFailed(connection, run));
  }

  /**
   * Forgets the failures of earlier runs that are over, since all schemas that runs have brought
   * somewhere are where the tenant's is: what it failed at was taken back, or it had failed to be
   * taken back. A quarantine ends with the failure that it was for.
   */
  public void over(UUID run, String worker) {
    transactions.<@Nullable Void>call(
        "forgetting failures that are over",
        connection -> {
          MigrationRows.hold(connection, run, worker);
          MigrationRows.update(connection, OVER, run);
          HeldBack.release(connection, By.worker(worker));
          return null;
        });
  }

  private static boolean firstWaveFailed(Connection connection, UUID run) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIRST_WAVE_FAILED)) {
      statement.setObject(1, run);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}

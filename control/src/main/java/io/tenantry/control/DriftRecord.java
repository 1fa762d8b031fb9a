package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a look at tenants' catalogs has found, kept in the registry, with what follows from it: a
 * tenant is quarantined, or let go again, in the transaction that writes down why. Thread-safe;
 * each call is one transaction and blocks on the database; failures are those of {@link
 * SqlFailures}.
 */
public final class DriftRecord {

  private static final String HOLD =
      """
      select s.version, s.history_hash, s.quarantined_for_drift, s.held_back,
        exists (select from tenantry_control.migration_results x
          where x.run_id = s.failed_run_id and x.tenant_id = s.tenant_id
            and x.to_version = s.version) as proof_failed
      from tenantry_control.tenant_schemas s where s.tenant_id = ? for update skip locked
      """;
  private static final String REGISTERED =
      "select from tenantry_control.tenant_schemas s where s.tenant_id = ?";
  private static final String SEEN =
      """
      update tenantry_control.tenant_schemas
      set fingerprint = ?, drifted = ?, quarantined_for_drift = ?, checked_at = now()
      where tenant_id = ?
      """;
  private static final String HEALED =
      """
      update tenantry_control.tenant_schemas
      set failed_changeset = null, failed_sqlstate = null, failed_run_id = null, held_back = false
      where tenant_id = ?
      """;
  // Up and down again in between is another schema at the same version.
  private static final String AS_EXPECTED =
      """
      with seen as (
        select v.* from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[])
          as v (tenant_id, version, changed_at, fingerprint)),
      held as (
        select s.tenant_id from tenantry_control.tenant_schemas s
        join seen v on v.tenant_id = s.tenant_id and v.version = s.version and v.changed_at = s.changed_at
        where not s.drifted for update of s skip locked)
      update tenantry_control.tenant_schemas s set fingerprint = v.fingerprint, checked_at = now()
      from seen v join held h on h.tenant_id = v.tenant_id
      where s.tenant_id = v.tenant_id
      """;

  private final ControlTransactions transactions;

  /**
   * @param control a control login
   */
  public DriftRecord(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /**
   * What a look has seen.
   *
   * @param fingerprint null: there is no schema
   * @param drifted whether it is not that of the version
   */
  public record Seen(@Nullable String fingerprint, boolean drifted) {}

  /** Looks at one tenant's schema while nobody changes it. */
  @FunctionalInterface
  public interface Look {
    /**
     * Looks at it, without waiting for long.
     *
     * @param connection the transaction that holds the tenant's row of the registry
     * @param version what the registry says it has
     * @param historyHash of what the registry says has run in it; null: not known yet
     * @return empty when nothing can be said now
     */
    Optional<Seen> look(Connection connection, String version, @Nullable String historyHash)
        throws SQLException;
  }

  /** What has become of a judgement. */
  public enum Judgement {
    /** The schema is that of its version. */
    SAME,
    /** It is not. */
    DRIFTED,
    /** Somebody is changing it; nothing was written. */
    BUSY,
    /** The registry does not know the tenant. */
    UNKNOWN
  }

  /**
   * A schema that looked as its version wants it.
   *
   * @param schema what the registry said before the look
   */
  public record AsExpected(TenantSchema schema, String fingerprint) {}

  private record Held(
      String version,
      @Nullable String historyHash,
      boolean quarantined,
      boolean heldBack,
      boolean proofFailed) {}

  /**
   * Looks at a tenant's schema and writes down what is seen. What has drifted is quarantined where
   * that is wanted; a quarantine that drift was the reason of ends when it has not any more, unless
   * a failed migration holds the tenant too. With the drift ends what the proof of a run has said
   * of it.
   *
   * @param quarantine whether a tenant that has drifted is quarantined
   */
  public Judgement judge(TenantId tenant, boolean quarantine, By by, Look look) {
    return transactions.call(
        "judging a tenant's schema",
        connection -> {
          Optional<Held> held = hold(connection, tenant);
          if (held.isEmpty()) {
            return registered(connection, tenant) ? Judgement.BUSY : Judgement.UNKNOWN;
          }
          Optional<Seen> seen =
              look.look(connection, held.get().version(), held.get().historyHash());
          if (seen.isEmpty()) {
            return Judgement.BUSY;
          }
          boolean drifted = seen.get().drifted();
          boolean still =
              drifted
                  ? drifted(connection, tenant, held.get(), quarantine, by)
                  : mended(connection, tenant, held.get(), by);
          MigrationRows.update(
              connection, SEEN, seen.get().fingerprint(), drifted, still, tenant.value());
          return drifted ? Judgement.DRIFTED : Judgement.SAME;
        });
  }

  /** Whether it is quarantined for drift then. */
  private static boolean drifted(
      Connection connection, TenantId tenant, Held held, boolean quarantine, By by)
      throws SQLException {
    if (!quarantine && !held.quarantined()) {
      return false;
    }
    return Quarantine.set(connection, tenant, true, by) || held.quarantined() || held.heldBack();
  }

  /** It is not quarantined for drift then. */
  private static boolean mended(Connection connection, TenantId tenant, Held held, By by)
      throws SQLException {
    boolean heldBack = held.heldBack() && !held.proofFailed();
    if (held.proofFailed()) {
      MigrationRows.update(connection, HEALED, tenant.value());
    }
    if (!heldBack && (held.quarantined() || held.heldBack())) {
      Quarantine.set(connection, tenant, false, by);
    }
    return false;
  }

  /**
   * Writes down many at once that had not drifted before either. One that somebody is changing, or
   * has changed since, is passed over.
   */
  public void asExpected(List<AsExpected> seen) {
    if (seen.isEmpty()) {
      return;
    }
    transactions.<@Nullable Void>call(
        "writing down fingerprints",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(AS_EXPECTED)) {
            array(statement, 1, "uuid", seen, one -> one.schema().tenant().value());
            array(statement, 2, "text", seen, one -> one.schema().version());
            array(statement, 3, "timestamptz", seen, one -> one.schema().changedAt());
            array(statement, 4, "text", seen, AsExpected::fingerprint);
            statement.executeUpdate();
          }
          return null;
        });
  }

  private static void array(
      PreparedStatement statement,
      int index,
      String type,
      List<AsExpected> seen,
      Function<AsExpected, Object> value)
      throws SQLException {
    Object[] values = seen.stream().map(value).toArray();
    statement.setArray(index, statement.getConnection().createArrayOf(type, values));
  }

  private static Optional<Held> hold(Connection connection, TenantId tenant) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
      statement.setObject(1, tenant.value());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Held(
                    row.getString("version"),
                    row.getString("history_hash"),
                    row.getBoolean("quarantined_for_drift"),
                    row.getBoolean("held_back"),
                    row.getBoolean("proof_failed")))
            : Optional.empty();
      }
    }
  }

  private static boolean registered(Connection connection, TenantId tenant) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(REGISTERED)) {
      statement.setObject(1, tenant.value());
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }
}

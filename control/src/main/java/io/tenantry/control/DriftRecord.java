package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
      select s.version, s.quarantined_for_drift, s.held_back
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
  private static final String AS_EXPECTED =
      """
      with seen as (
        select v.* from unnest(?::uuid[], ?::text[], ?::text[]) as v (tenant_id, version, fingerprint)),
      held as (
        select s.tenant_id from tenantry_control.tenant_schemas s
        join seen v on v.tenant_id = s.tenant_id and v.version = s.version
        where not s.drifted for update of s skip locked)
      update tenantry_control.tenant_schemas s set fingerprint = v.fingerprint, checked_at = now()
      from seen v join held h on h.tenant_id = v.tenant_id
      where s.tenant_id = v.tenant_id
      """;
  private static final String FLAG =
      "update tenantry_control.tenants set quarantined = ? where id = ?";

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
     * @return empty when nothing can be said now
     */
    Optional<Seen> look(Connection connection, String version) throws SQLException;
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
   * @param version the version it was compared with
   */
  public record AsExpected(TenantId tenant, String version, String fingerprint) {}

  /**
   * Looks at a tenant's schema and writes down what is seen. What has drifted is quarantined where
   * that is wanted; a quarantine that drift was the reason of ends when it has not any more, unless
   * a failed migration holds the tenant too.
   *
   * @param quarantine whether a tenant that has drifted is quarantined
   */
  public Judgement judge(TenantId tenant, boolean quarantine, By by, Look look) {
    return transactions.call(
        "judging a tenant's schema",
        connection -> {
          boolean mine;
          boolean heldBack;
          String version;
          try (PreparedStatement statement = connection.prepareStatement(HOLD)) {
            statement.setObject(1, tenant.value());
            try (ResultSet row = statement.executeQuery()) {
              if (!row.next()) {
                return registered(connection, tenant) ? Judgement.BUSY : Judgement.UNKNOWN;
              }
              version = row.getString("version");
              mine = row.getBoolean("quarantined_for_drift");
              heldBack = row.getBoolean("held_back");
            }
          }
          Optional<Seen> seen = look.look(connection, version);
          if (seen.isEmpty()) {
            return Judgement.BUSY;
          }
          boolean drifted = seen.get().drifted();
          boolean wanted = drifted && (quarantine || mine);
          if (wanted) {
            mine = flag(connection, tenant, true, by) || mine || heldBack;
          } else if (mine) {
            mine = false;
            if (!heldBack) {
              flag(connection, tenant, false, by);
            }
          }
          try (PreparedStatement statement = connection.prepareStatement(SEEN)) {
            statement.setString(1, seen.get().fingerprint());
            statement.setBoolean(2, drifted);
            statement.setBoolean(3, mine);
            statement.setObject(4, tenant.value());
            statement.executeUpdate();
          }
          return drifted ? Judgement.DRIFTED : Judgement.SAME;
        });
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
            statement.setArray(
                1,
                connection.createArrayOf(
                    "uuid", seen.stream().map(one -> one.tenant().value()).toArray(UUID[]::new)));
            statement.setArray(
                2,
                connection.createArrayOf(
                    "text", seen.stream().map(AsExpected::version).toArray(String[]::new)));
            statement.setArray(
                3,
                connection.createArrayOf(
                    "text", seen.stream().map(AsExpected::fingerprint).toArray(String[]::new)));
            statement.executeUpdate();
          }
          return null;
        });
  }

  /** Whether the flag was changed by it; false too for a schema that is made ahead. */
  private static boolean flag(Connection connection, TenantId id, boolean quarantined, By by)
      throws SQLException {
    Optional<Tenant> tenant = TenantStore.lock(connection, id);
    if (tenant.isEmpty()
        || tenant.get().quarantined() == quarantined
        || tenant.get().state() == TenantState.PURGED) {
      return false;
    }
    String before = AuditLog.image(connection, id.value());
    try (PreparedStatement statement = connection.prepareStatement(FLAG)) {
      statement.setBoolean(1, quarantined);
      statement.setObject(2, id.value());
      statement.executeUpdate();
    }
    AuditLog.tenantChanged(
        connection,
        id.value(),
        quarantined ? "tenant.quarantine" : "tenant.unquarantine",
        by,
        before);
    return true;
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

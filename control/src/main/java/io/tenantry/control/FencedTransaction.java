package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.Capability;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.names.PlatformRoles;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The one door by which plain JDBC reaches tenant data: a transaction that has taken the tenant's
 * role, or the owner's, and has entered the tenant, before any work is done in it. Thread-safe;
 * blocks on the database.
 *
 * <p>Commits when the work returns and rolls back when it throws; either takes role and tenant away
 * again. Failures of JDBC come out as {@link SqlFailures#translate} makes them, whether the work or
 * the door met them.
 */
public final class FencedTransaction {

  private final DataSource source;
  private final CapabilitySigner signer;
  private final Duration statementTimeout;
  private final Duration lockTimeout;

  /**
   * @param source logins that may take the roles asked for: a runtime login the tenants', the
   *     migrator the owner's
   * @param statementTimeout for each statement of the work, at least 1 ms
   * @param lockTimeout for each lock, at least 1 ms
   */
  public FencedTransaction(
      DataSource source, CapabilitySigner signer, Duration statementTimeout, Duration lockTimeout) {
    this.source = source;
    this.signer = signer;
    this.statementTimeout = statementTimeout;
    this.lockTimeout = lockTimeout;
  }

  /**
   * Runs {@code work} as the tenant's role, inside the tenant.
   *
   * @param doing what is being done, to follow "While" in messages
   */
  public <T extends @Nullable Object> T asTenant(TenantId tenant, String doing, SqlWork<T> work) {
    return call(TenantNames.role(tenant), tenant, doing, work);
  }

  /** Runs {@code work} as the tables' owner, inside the tenant: the policies hold for it too. */
  public <T extends @Nullable Object> T asOwner(TenantId tenant, String doing, SqlWork<T> work) {
    return call(PlatformRoles.OWNER, tenant, doing, work);
  }

  private <T extends @Nullable Object> T call(
      String role, TenantId tenant, String doing, SqlWork<T> work) {
    try (Connection connection = source.getConnection()) {
      return ControlTransactions.inTransaction(
          connection,
          inside -> {
            enter(inside, role, tenant);
            return work.run(inside);
          });
    } catch (SQLException e) {
      throw SqlFailures.translate(doing, e);
    }
  }

  private void enter(Connection connection, String role, TenantId tenant) throws SQLException {
    // Role names are made of a-z, 0-9 and _ (TenantNames); a role cannot be bound.
    String become = "set local role \"" + role + "\"; ";
    enter(connection, become, signer, tenant, statementTimeout, lockTimeout);
  }

  /**
   * Enters the tenant in a transaction that is open already and has taken its role, or the owner's;
   * for who has to send text of its own before it. Until the transaction ends.
   *
   * @param connection one that binds parameters, and does not write them into the text
   */
  public static void enter(
      Connection connection,
      CapabilitySigner signer,
      TenantId tenant,
      Duration statementTimeout,
      Duration lockTimeout)
      throws SQLException {
    enter(connection, "", signer, tenant, statementTimeout, lockTimeout);
  }

  private static void enter(
      Connection connection,
      String before,
      CapabilitySigner signer,
      TenantId tenant,
      Duration statementTimeout,
      Duration lockTimeout)
      throws SQLException {
    Capability capability = signer.sign(tenant);
    // Bound: a capability in the statement's text would stand in logs and in pg_stat_activity.
    String sql = before + "select tenantry_guard.enter(?, ?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant.value());
      statement.setInt(2, capability.keyId());
      statement.setLong(3, capability.expires());
      statement.setBytes(4, capability.mac());
      statement.setInt(5, Math.toIntExact(statementTimeout.toMillis()));
      statement.setInt(6, Math.toIntExact(lockTimeout.toMillis()));
      statement.execute();
    }
  }
}

package io.tenantry.persistence.connection;

import io.tenantry.tenancy.RequestDeadline;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.Capability;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.failure.SqlStates;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;

/**
 * Begins a tenant's transaction: role, capability and timeouts in one round trip, which carries the
 * BEGIN too since auto-commit is off (docs/decisions/transaction-scoped-role.md).
 *
 * <p>Thread-safe.
 */
class TenantCheckout {

  /** The server's own timeout comes first: its answer leaves the connection usable. */
  private static final Duration ANSWER_GRACE = Duration.ofSeconds(1);

  private final CapabilitySigner signer;
  private final Duration statementTimeout;
  private final Duration lockTimeout;

  /**
   * @param statementTimeout for each statement, cut to what is left of the request's deadline
   * @param lockTimeout for each wait for a lock, cut likewise
   */
  TenantCheckout(CapabilitySigner signer, Duration statementTimeout, Duration lockTimeout) {
    this.signer = signer;
    this.statementTimeout = statementTimeout;
    this.lockTimeout = lockTimeout;
  }

  /**
   * Demands that the request still has time for a transaction. Sends nothing.
   *
   * @throws SQLTimeoutException when its deadline has passed
   */
  void demandTimeLeft() throws SQLTimeoutException {
    millisLeft(statementTimeout);
  }

  /**
   * Lets nobody wait for the server's next answer for longer than the deadline and a moment: a
   * network that swallows packets answers to no timeout of the server's. Sends nothing.
   */
  void limitWaiting(Connection physical) throws SQLException {
    Duration left = RequestDeadline.remaining(statementTimeout);
    Duration most = (left.isNegative() ? Duration.ZERO : left).plus(ANSWER_GRACE);
    physical.setNetworkTimeout(Runnable::run, Math.toIntExact(most.toMillis()));
  }

  /**
   * Makes {@code physical}, on which no transaction is open, {@code tenant}'s until it commits or
   * rolls back.
   *
   * @throws SQLException when any part fails; the connection must then be thrown away
   */
  void enter(Connection physical, TenantId tenant) throws SQLException {
    int statementMillis = millisLeft(statementTimeout);
    int lockMillis = Math.min(statementMillis, millisLeft(lockTimeout));
    Capability capability = signer.sign(tenant);
    try (PreparedStatement statement = physical.prepareStatement(text(tenant))) {
      statement.setObject(1, capability.tenant().value());
      statement.setInt(2, capability.keyId());
      statement.setLong(3, capability.expires());
      statement.setBytes(4, capability.mac());
      statement.setInt(5, statementMillis);
      statement.setInt(6, lockMillis);
      statement.execute();
    } catch (SQLException e) {
      if (SqlStates.INSUFFICIENT_PRIVILEGE.equals(e.getSQLState()) && signer.isOver(capability)) {
        throw new LateCapabilityException(e);
      }
      throw e;
    }
  }

  /** Bound values only: timeouts as literals would be a new text, and a new plan, each time. */
  private static String text(TenantId tenant) {
    return "set local role \""
        + TenantNames.role(tenant)
        + "\"; select tenantry_guard.enter(?, ?, ?, ?, ?, ?)";
  }

  private static int millisLeft(Duration most) throws SQLTimeoutException {
    long millis = RequestDeadline.remaining(most).toMillis();
    if (millis <= 0) {
      throw new SQLTimeoutException(
          "The request's deadline passed before its transaction.", "57014");
    }
    return Math.toIntExact(millis);
  }
}

package io.tenantry.persistence.connection;

import java.sql.SQLException;

/**
 * The tenant's transaction could not be begun; nothing of the request has reached a table. Carries
 * the SQLSTATE of its cause, and that decides what the caller is told: a connection that broke, or
 * a session that was not clean (57P01), is {@code database_unavailable}, for the next try gets
 * another connection; a refusal (42501, or a role that is not there) is {@code checkout_refused},
 * for the next try meets the same keys and clocks.
 */
public final class CheckoutException extends SQLException {

  CheckoutException(SQLException cause) {
    super("While entering the tenant: " + cause.getMessage(), cause.getSQLState(), cause);
  }

  /**
   * Whether the capability was over when its refusal came: that says that somebody was slow, and
   * nothing about keys and clocks.
   */
  public boolean isLate() {
    return getCause() instanceof LateCapabilityException;
  }

  /** Whether the guard found something in the session that outlives a transaction. */
  public boolean isNotClean() {
    return getCause() instanceof SQLException refusal && LeftBehind.isNotClean(refusal);
  }
}

package io.tenantry.persistence.connection;

import java.sql.SQLException;

/**
 * The database refused a capability that was over by our own clock when the answer came: somebody
 * was slow, and whether it is good nobody knows. Has the SQLSTATE of its cause.
 */
final class LateCapabilityException extends SQLException {

  LateCapabilityException(SQLException refusal) {
    super(refusal.getMessage(), refusal.getSQLState(), refusal);
  }
}

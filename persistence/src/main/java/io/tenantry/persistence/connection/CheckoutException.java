package io.tenantry.persistence.connection;

import java.sql.SQLException;

/**
 * The tenant's transaction could not be begun; nothing of the request has reached a table. Carries
 * the SQLSTATE of its cause.
 */
public final class CheckoutException extends SQLException {

  CheckoutException(SQLException cause) {
    super("While entering the tenant: " + cause.getMessage(), cause.getSQLState(), cause);
  }
}

package io.tenantry.persistence.connection;

import java.sql.SQLException;

/** Decides what SQL goes through a tenant's connection. Thread-safe. */
interface StatementGuard {

  /**
   * Demands that {@code sql} may be sent inside a tenant's transaction.
   *
   * @throws SQLException when it may not
   */
  void demandAllowed(String sql) throws SQLException;
}

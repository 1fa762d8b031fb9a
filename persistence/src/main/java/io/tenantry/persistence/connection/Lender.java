package io.tenantry.persistence.connection;

import io.tenantry.tenancy.TenantId;
import java.sql.SQLException;

/** Where a fenced connection gets the connection below it. */
@FunctionalInterface
interface Lender {

  /**
   * A connection for {@code tenant}, which must not have been entered yet. Blocks for as long as
   * the lender waits for one.
   *
   * @throws SQLException when there is none to be had
   */
  Lease borrow(TenantId tenant) throws SQLException;
}

package io.tenantry.persistence.connection;

import java.sql.Connection;
import java.sql.SQLException;

/** A connection that a tenant has borrowed, until one of the two ends of it. For one thread. */
interface Lease {

  Connection connection();

  /** Leaves the connection to the next borrower. */
  void giveBack() throws SQLException;

  /** To be called when a tenant could not be entered on it, before {@link #evict}. */
  void refused(SQLException refusal);

  /** Closes the connection for good. */
  void evict();
}

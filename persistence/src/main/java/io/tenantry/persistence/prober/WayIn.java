package io.tenantry.persistence.prober;

import io.tenantry.tenancy.TenantId;
import java.sql.SQLException;

/** One way by which requests come to rows. Thread-safe. */
interface WayIn {

  /**
   * Enters both tenants in turn by this way. A failure that is thrown says that it could not be
   * looked, unless {@link Failures} makes a finding of it.
   */
  void look(TenantId first, TenantId second, Seen seen) throws SQLException;
}

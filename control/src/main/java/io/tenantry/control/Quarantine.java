package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Sets and lifts the flag beside a tenant's state, inside the caller's transaction. Stateless. */
final class Quarantine {

  private static final String FLAG =
      "update tenantry_control.tenants set quarantined = ? where id = ?";

  private Quarantine() {}

  /** Whether the flag was changed by it; false too for a schema that is made ahead. */
  static boolean set(Connection connection, TenantId id, boolean quarantined, By by)
      throws SQLException {
    Optional<Tenant> tenant = TenantStore.lock(connection, id);
    if (tenant.isEmpty()
        || tenant.get().quarantined() == quarantined
        || tenant.get().state() == TenantState.PURGED) {
      return false;
    }
    String before = AuditLog.image(connection, id.value());
    MigrationRows.update(connection, FLAG, quarantined, id.value());
    AuditLog.tenantChanged(
        connection,
        id.value(),
        quarantined ? "tenant.quarantine" : "tenant.unquarantine",
        by,
        before);
    return true;
  }
}

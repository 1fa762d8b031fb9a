package io.tenantry.persistence.prober;

import static io.tenantry.tenancy.finding.FindingCode.FOREIGN_ROW_VISIBLE;
import static io.tenantry.tenancy.finding.FindingCode.TENANT_NOT_ENTERED;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.PlatformSchemas;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a transaction is and sees, in one query: the table of probes has one row for each tenant,
 * and one for an id that no tenant ever has, so there is always a foreign row to be hidden.
 */
final class Rows {

  static final String PROBES = PlatformSchemas.API + ".api_isolation_probes";

  private static final String OWN =
      "select pg_backend_pid(), current_user::text, current_setting('role'),"
          + " current_setting('backtrace_functions'), current_setting('app.tenant_id', true),"
          + " tenantry_guard.current_tenant()::text,"
          + " (select count(*) from "
          + PROBES
          + " p where p.tenant_id = ?),"
          + " (select count(*) from "
          + PROBES
          + " p where p.tenant_id <> ?)";

  private Rows() {}

  /** Looks as {@code tenant}, and answers the server's process id. */
  static int look(Connection connection, TenantId tenant, Seen seen) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OWN)) {
      statement.setObject(1, tenant.value());
      statement.setObject(2, tenant.value());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        String role = TenantNames.role(tenant);
        String id = tenant.toString();
        entered(role.equals(row.getString(2)), "current_user", seen);
        entered(role.equals(row.getString(3)), "role", seen);
        entered(TenantNames.register(tenant).equals(row.getString(4)), "the register", seen);
        entered(id.equals(row.getString(5)), "app.tenant_id", seen);
        entered(id.equals(row.getString(6)), "tenantry_guard.current_tenant()", seen);
        seen.demand(
            row.getLong(7) == 1,
            TENANT_NOT_ENTERED,
            PROBES,
            "A tenant does not see its own row, once.");
        foreign(row.getLong(8), seen);
        return row.getInt(1);
      }
    }
  }

  static void foreign(long rows, Seen seen) {
    seen.demand(
        rows == 0, FOREIGN_ROW_VISIBLE, PROBES, "A tenant sees " + rows + " rows of others.");
  }

  private static void entered(boolean holds, String what, Seen seen) {
    seen.demand(
        holds, TENANT_NOT_ENTERED, what, "It is not the tenant's that the connection is for.");
  }
}

package io.tenantry.migrations.fanout;

import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.SQLException;

/** What a long transaction of a tenant holds. */
final class TestPlatformLocks {

  private TestPlatformLocks() {}

  static void lock(Connection connection, String table) throws SQLException {
    TestPlatform.execute(connection, "lock table " + table + " in row exclusive mode");
  }

  /** The tenant's row of the registry. */
  static void row(Connection connection, TenantId tenant) {
    try {
      TestPlatform.execute(
          connection,
          "select from tenantry_control.tenant_schemas where tenant_id = '"
              + tenant
              + "' for update");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void release(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

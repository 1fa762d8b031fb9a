package io.tenantry.migrations.fanout;

import io.tenantry.migrations.TestPlatform;
import java.sql.Connection;
import java.sql.SQLException;

/** What a long transaction of a tenant holds. */
final class TestPlatformLocks {

  private TestPlatformLocks() {}

  static void lock(Connection connection, String table) throws SQLException {
    TestPlatform.execute(connection, "lock table " + table + " in row exclusive mode");
  }

  static void release(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

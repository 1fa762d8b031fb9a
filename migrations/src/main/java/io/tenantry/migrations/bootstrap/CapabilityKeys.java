package io.tenantry.migrations.bootstrap;

import io.tenantry.tenancy.capability.CapabilityKey;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** Puts the first capability key into the guard's table. */
final class CapabilityKeys {

  private CapabilityKeys() {}

  /**
   * Installs the key unless it is there.
   *
   * @throws TenantryException with {@code setting_invalid} when another key has its number, or two
   *     other keys are there: replacing keys is the rotator's job, without a failed request
   */
  static void install(Connection connection, CapabilityKey key) throws SQLException {
    int others = 0;
    try (PreparedStatement statement =
            connection.prepareStatement(
                "select key_id, inner_pad from tenantry_guard.capability_keys");
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        if (rows.getInt(1) != key.id()) {
          others++;
        } else if (Arrays.equals(rows.getBytes(2), key.innerPad())) {
          return;
        } else {
          throw refused("The database has another capability key " + key.id() + ".");
        }
      }
    }
    if (others > 1) {
      throw refused("The database has two capability keys, and " + key.id() + " is neither.");
    }
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into tenantry_guard.capability_keys (key_id, inner_pad, outer_pad)"
                + " values (?, ?, ?)")) {
      statement.setInt(1, key.id());
      statement.setBytes(2, key.innerPad());
      statement.setBytes(3, key.outerPad());
      statement.executeUpdate();
    }
  }

  private static TenantryException refused(String detail) {
    return new TenantryException(ErrorCode.SETTING_INVALID, detail);
  }
}

package io.tenantry.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Whether a worker still holds what it works on. */
final class LeaseRows {

  private LeaseRows() {}

  /**
   * Locks the row for this transaction.
   *
   * @param sql finds it by id and worker, in this order
   * @throws LeaseLostException when it is another's by now
   */
  static void hold(Connection connection, String sql, UUID id, String worker) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      statement.setString(2, worker);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new LeaseLostException(id, worker);
        }
      }
    }
  }
}

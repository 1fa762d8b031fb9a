package io.tenantry.control;

import io.tenantry.control.certificate.PurgeItem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What purges found before they removed anything. The first purge of a tenant writes it, and one
 * that goes on where the first has stopped finds it. Thread-safe; blocks on the database.
 */
public final class PurgeInventories {

  private static final String FIND =
      """
      select i.place, i.row_count, i.row_hash from tenantry_control.purge_inventories i
      where i.tenant_id = ? order by i.number
      """;
  private static final String INSERT =
      """
      insert into tenantry_control.purge_inventories
        (tenant_id, number, place, row_count, row_hash, operation_id)
      values (?, ?, ?, ?, ?, ?)
      """;

  private final ControlTransactions transactions;

  public PurgeInventories(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /** What was written down for the operation's tenant, by this purge or an earlier one. */
  public List<PurgeItem> find(Operation operation) {
    return transactions.call(
        "reading a purge's inventory", connection -> find(connection, operation));
  }

  /** Writes it down, all of it or nothing; what is there already stays. */
  public void keep(Operation operation, String worker, List<PurgeItem> items) {
    transactions.<Boolean>call(
        "writing a purge's inventory",
        connection -> {
          OperationWrites.hold(connection, operation.id(), worker);
          if (!find(connection, operation).isEmpty()) {
            return true;
          }
          try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            int number = 0;
            for (PurgeItem item : items) {
              statement.setObject(1, operation.tenant().value());
              statement.setInt(2, ++number);
              statement.setString(3, item.place());
              statement.setLong(4, item.rows());
              statement.setString(5, item.sha256());
              statement.setObject(6, operation.id());
              statement.executeUpdate();
            }
          }
          return true;
        });
  }

  private static List<PurgeItem> find(Connection connection, Operation operation)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setObject(1, operation.tenant().value());
      try (ResultSet rows = statement.executeQuery()) {
        List<PurgeItem> items = new ArrayList<>();
        while (rows.next()) {
          items.add(new PurgeItem(rows.getString(1), rows.getLong(2), rows.getString(3)));
        }
        return items;
      }
    }
  }
}

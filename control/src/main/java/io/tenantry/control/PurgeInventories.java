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
 * What purges found before they removed anything. The first purge of a tenant writes it ({@link
 * PurgeRecord}), and one that goes on where the first has stopped finds it. Thread-safe; blocks on
 * the database.
 */
public final class PurgeInventories {

  private static final String FIND =
      """
      select i.place, i.row_count, i.row_hash from tenantry_control.purge_inventories i
      where i.tenant_id = ? order by i.number
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

  static List<PurgeItem> find(Connection connection, Operation operation) throws SQLException {
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

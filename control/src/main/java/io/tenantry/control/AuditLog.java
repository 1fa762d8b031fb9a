package io.tenantry.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes platform audit events into the transaction that they describe. */
final class AuditLog {

  private static final String IMAGE =
      "select to_jsonb(t)::text from tenantry_control.tenants t where t.id = ?";
  private static final String INSERT =
      """
      insert into tenantry_control.audit_events
        (id, actor, action, tenant_id, request_id, before, after)
      select ?, ?, ?, t.id, ?, ?::jsonb, to_jsonb(t)
      from tenantry_control.tenants t where t.id = ?
      """;

  private AuditLog() {}

  /** The tenant's row as JSON, to be given to {@link #tenantChanged} after the change. */
  static String image(Connection connection, UUID tenant) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(IMAGE)) {
      statement.setObject(1, tenant);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /** One event; the row as it is now is the image after the change. */
  static void tenantChanged(
      Connection connection, UUID tenant, String action, By by, @Nullable String before)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, Ids.next());
      statement.setString(2, by.actor());
      statement.setString(3, action);
      statement.setString(4, by.requestId());
      statement.setString(5, before);
      statement.setObject(6, tenant);
      statement.executeUpdate();
    }
  }
}

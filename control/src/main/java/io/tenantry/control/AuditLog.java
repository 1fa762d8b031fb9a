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
      returning after::text
      """;

  // An image is read by more people than the table: a column is in it when it is named here.
  private static final String CLIENT_JSON =
      """
      jsonb_build_object('client_id', c.client_id, 'tenant_id', c.tenant_id, 'scopes', c.scopes,
        'created_at', c.created_at, 'revoked_at', c.revoked_at,
        'previous_secret_expires_at', c.previous_secret_expires_at)\
      """;
  private static final String CLIENT_IMAGE =
      "select ("
          + CLIENT_JSON
          + ")::text from tenantry_control.api_clients c where c.client_id = ?";
  private static final String CLIENT_INSERT =
      """
      insert into tenantry_control.audit_events
        (id, actor, action, tenant_id, request_id, before, after)
      select ?, ?, ?, c.tenant_id, ?, ?::jsonb,
      """
          + CLIENT_JSON
          + " from tenantry_control.api_clients c where c.client_id = ? returning after::text";

  private static final String RUN_INSERT =
      """
      insert into tenantry_control.audit_events (id, actor, action, request_id, before, after)
      select ?, ?, ?, ?, ?::jsonb, to_jsonb(r)
      from tenantry_control.migration_runs r where r.id = ?
      returning after::text
      """;

  private AuditLog() {}

  /** One event; the run as it is now is the image after the change. */
  static void runChanged(Connection connection, UUID run, String action, By by)
      throws SQLException {
    insert(connection, RUN_INSERT, run, action, by, null);
  }

  /** The tenant's row as JSON, to be given to {@link #tenantChanged} after the change. */
  static String image(Connection connection, UUID tenant) throws SQLException {
    return image(connection, IMAGE, tenant);
  }

  /**
   * The client's row as JSON, without hashes, to be given to {@link #clientChanged} after the
   * change.
   */
  static String clientImage(Connection connection, String clientId) throws SQLException {
    return image(connection, CLIENT_IMAGE, clientId);
  }

  private static String image(Connection connection, String sql, Object key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, key);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /**
   * One event; the row as it is now is the image after the change.
   *
   * @return that image
   */
  static String tenantChanged(
      Connection connection, UUID tenant, String action, By by, @Nullable String before)
      throws SQLException {
    return insert(connection, INSERT, tenant, action, by, before);
  }

  /** One event; the row as it is now, without hashes, is the image after the change. */
  static void clientChanged(
      Connection connection, String clientId, String action, By by, @Nullable String before)
      throws SQLException {
    insert(connection, CLIENT_INSERT, clientId, action, by, before);
  }

  private static String insert(
      Connection connection, String sql, Object key, String action, By by, @Nullable String before)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, Ids.next());
      statement.setString(2, by.actor());
      statement.setString(3, action);
      statement.setString(4, by.requestId());
      statement.setString(5, before);
      statement.setObject(6, key);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}

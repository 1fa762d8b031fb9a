package io.tenantry.migrations.purge;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Stored answers to platform requests that name the tenant. They have no column for it: it stands
 * in the answer. The one to the request that asked for the purge has to stay until it expires, or
 * the same request would be carried out again.
 */
final class KeptAnswers {

  private static final String OF_TENANT =
      """
      from tenantry_control.idempotency_keys k
      where k.created_at < ? and (
        position(convert_to(?, 'UTF8') in k.body) > 0
        or position(convert_to(?, 'UTF8') in k.body) > 0
        or position(? in k.headers) > 0)
      """;

  private KeptAnswers() {}

  static long count(Connection connection, Subject subject) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select count(*) " + OF_TENANT)) {
      bind(statement, subject);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  static long delete(Connection connection, Subject subject) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("delete " + OF_TENANT)) {
      bind(statement, subject);
      return statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Subject subject) throws SQLException {
    String slug = subject.tenant().slug().value();
    statement.setObject(
        1, OffsetDateTime.ofInstant(subject.operation().createdAt(), ZoneOffset.UTC));
    statement.setString(2, subject.tenant().id().toString());
    statement.setString(3, "\"slug\":\"" + slug + "\"");
    statement.setString(4, "/admin/v1/tenants/" + slug + "/");
  }
}

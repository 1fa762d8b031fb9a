package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads rows of the issuer's clients. */
final class ApiClientRows {

  /**
   * Of the table as {@code c}. The database's clock says whether the secret before still works: it
   * is the one that said until when.
   */
  static final String COLUMNS =
      """
      c.client_id, c.tenant_id, c.secret_hash, c.scopes, c.created_at, c.revoked_at,
      case when c.previous_secret_expires_at > clock_timestamp() then c.previous_secret_hash end
        as previous_secret_hash,
      case when c.previous_secret_expires_at > clock_timestamp() then c.previous_secret_expires_at end
        as previous_secret_expires_at
      """;

  private ApiClientRows() {}

  static Optional<ApiClient> readOne(ResultSet row) throws SQLException {
    return row.next() ? Optional.of(read(row)) : Optional.empty();
  }

  static ApiClient read(ResultSet row) throws SQLException {
    UUID tenant = row.getObject("tenant_id", UUID.class);
    return new ApiClient(
        row.getString("client_id"),
        tenant == null ? null : new TenantId(tenant),
        row.getString("secret_hash"),
        row.getString("previous_secret_hash"),
        TenantRows.instant(row, "previous_secret_expires_at"),
        Set.of((String[]) row.getArray("scopes").getArray()),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        TenantRows.instant(row, "revoked_at"));
  }
}

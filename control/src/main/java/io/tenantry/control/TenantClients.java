package io.tenantry.control;

import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's clients at the built-in token issuer. Thread-safe; each call is one transaction of a
 * control login, with its audit event when it changes something, and blocks on the database.
 *
 * <p>All methods throw {@code TenantryException} with {@code not_found} when there is no such
 * tenant, or no such client of it, and {@code database_unavailable} when the database is away.
 */
public final class TenantClients {

  private static final String TABLE = "tenantry_control.api_clients";
  private static final String SELECT = "select " + ApiClientRows.COLUMNS + "from " + TABLE + " c ";
  private static final String ONE = SELECT + "where c.tenant_id = ? and c.client_id = ? ";
  private static final String PAGE =
      SELECT
          + "where c.tenant_id = ? and c.client_id collate \"C\" > ? "
          + "order by c.client_id collate \"C\" limit ?";
  private static final String TENANT =
      "select t.id, t.state from tenantry_control.tenants t"
          + " where t.slug = ? and t.state <> 'PURGED' ";
  private static final String INSERT =
      "insert into "
          + TABLE
          + " as c (client_id, tenant_id, secret_hash, scopes) values (?, ?, ?, ?)"
          + " on conflict (client_id) do nothing returning "
          + ApiClientRows.COLUMNS;
  // A second change within the overlap puts the present secret in the place of the oldest.
  private static final String REPLACE =
      """
      update tenantry_control.api_clients as c set
        previous_secret_hash = case when o.seconds > 0 then c.secret_hash end,
        previous_secret_expires_at = case when o.seconds > 0
          then clock_timestamp() + make_interval(secs => o.seconds) end,
        secret_hash = ?
      from (select ?::int as seconds) o
      where c.client_id = ?
      returning
      """
          + ApiClientRows.COLUMNS;
  private static final String REVOKE =
      """
      update tenantry_control.api_clients as c set
        revoked_at = clock_timestamp(), previous_secret_hash = null,
        previous_secret_expires_at = null
      where c.client_id = ?
      """;

  private record Owner(TenantId id, TenantState state) {}

  private final ControlTransactions transactions;

  public TenantClients(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /**
   * Clients of the tenant, revoked ones too, in byte order of their ids.
   *
   * @param limit above 0
   * @param after the last id of the page before, null for the first page
   */
  public List<ApiClient> page(TenantSlug tenant, int limit, @Nullable String after) {
    return transactions.call(
        "listing API clients",
        connection -> {
          Owner owner = owner(connection, tenant, "").orElseThrow(() -> noTenant(tenant));
          try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setObject(1, owner.id().value());
            statement.setString(2, after == null ? "" : after);
            statement.setInt(3, limit);
            try (ResultSet rows = statement.executeQuery()) {
              List<ApiClient> clients = new ArrayList<>();
              while (rows.next()) {
                clients.add(ApiClientRows.read(rows));
              }
              return clients;
            }
          }
        });
  }

  /** The client of that id, revoked or not. */
  public ApiClient get(TenantSlug tenant, String clientId) {
    return transactions.call(
        "reading an API client", connection -> one(connection, tenant, clientId, ""));
  }

  /**
   * Makes a client.
   *
   * @param scopes at least one
   * @throws TenantryException with {@code client_exists} when anybody has or had a client of that
   *     id, {@code tenant_state_conflict} when the tenant is being deleted or was
   */
  public ApiClient create(
      TenantSlug tenant, String clientId, String secretHash, Set<String> scopes, By by) {
    return transactions.call(
        "making an API client",
        connection -> {
          // Held, so that nobody deletes the tenant meanwhile.
          Owner owner =
              owner(connection, tenant, "for share of t").orElseThrow(() -> noTenant(tenant));
          if (owner.state() == TenantState.OFFBOARDING || owner.state() == TenantState.RETAINED) {
            throw new TenantryException(
                ErrorCode.TENANT_STATE_CONFLICT,
                "'" + tenant + "' is " + owner.state() + " and gets no clients.");
          }
          ApiClient client =
              insert(connection, owner.id(), clientId, secretHash, scopes)
                  .orElseThrow(
                      () ->
                          new TenantryException(
                              ErrorCode.CLIENT_EXISTS,
                              "The clientId '" + clientId + "' is or was in use."));
          AuditLog.clientChanged(connection, clientId, "client.create", by, null);
          return client;
        });
  }

  /**
   * Gives the client another secret; the present one works on for {@code overlap}, and one that was
   * before it no longer.
   *
   * @param overlap in whole seconds; zero: the present one ends at once
   * @throws TenantryException with {@code client_revoked} when it is
   */
  public ApiClient replaceSecret(
      TenantSlug tenant, String clientId, String secretHash, Duration overlap, By by) {
    return transactions.call(
        "replacing an API client's secret",
        connection -> {
          if (one(connection, tenant, clientId, "for update of c").revokedAt() != null) {
            throw new TenantryException(
                ErrorCode.CLIENT_REVOKED, "The client '" + clientId + "' is revoked.");
          }
          String before = AuditLog.clientImage(connection, clientId);
          try (PreparedStatement statement = connection.prepareStatement(REPLACE)) {
            statement.setString(1, secretHash);
            statement.setInt(2, Math.toIntExact(overlap.toSeconds()));
            statement.setString(3, clientId);
            try (ResultSet row = statement.executeQuery()) {
              ApiClient client = ApiClientRows.readOne(row).orElseThrow();
              AuditLog.clientChanged(connection, clientId, "client.secret", by, before);
              return client;
            }
          }
        });
  }

  /** Ends the client for good; its row stays, so that its id is never used again. Repeatable. */
  public void revoke(TenantSlug tenant, String clientId, By by) {
    transactions.<@Nullable Void>call(
        "revoking an API client",
        connection -> {
          if (one(connection, tenant, clientId, "for update of c").revokedAt() == null) {
            String before = AuditLog.clientImage(connection, clientId);
            try (PreparedStatement statement = connection.prepareStatement(REVOKE)) {
              statement.setString(1, clientId);
              statement.executeUpdate();
            }
            AuditLog.clientChanged(connection, clientId, "client.revoke", by, before);
          }
          return null;
        });
  }

  private static Optional<ApiClient> insert(
      Connection connection, TenantId tenant, String clientId, String hash, Set<String> scopes)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, clientId);
      statement.setObject(2, tenant.value());
      statement.setString(3, hash);
      statement.setArray(4, connection.createArrayOf("text", new TreeSet<>(scopes).toArray()));
      try (ResultSet row = statement.executeQuery()) {
        return ApiClientRows.readOne(row);
      }
    }
  }

  /** An unknown tenant and a client that is another's are refused in the same words. */
  private static ApiClient one(
      Connection connection, TenantSlug tenant, String clientId, String lock) throws SQLException {
    Optional<Owner> owner = owner(connection, tenant, "");
    if (owner.isPresent()) {
      try (PreparedStatement statement = connection.prepareStatement(ONE + lock)) {
        statement.setObject(1, owner.get().id().value());
        statement.setString(2, clientId);
        try (ResultSet row = statement.executeQuery()) {
          Optional<ApiClient> client = ApiClientRows.readOne(row);
          if (client.isPresent()) {
            return client.get();
          }
        }
      }
    }
    throw new TenantryException(
        ErrorCode.NOT_FOUND, "'" + tenant + "' has no client '" + clientId + "'.");
  }

  private static Optional<Owner> owner(Connection connection, TenantSlug slug, String lock)
      throws SQLException {
    if (Canaries.reserved(slug)) {
      return Optional.empty();
    }
    try (PreparedStatement statement = connection.prepareStatement(TENANT + lock)) {
      statement.setString(1, slug.value());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Owner(
                    new TenantId(row.getObject("id", UUID.class)),
                    TenantState.valueOf(row.getString("state"))))
            : Optional.empty();
      }
    }
  }

  private static TenantryException noTenant(TenantSlug slug) {
    return new TenantryException(ErrorCode.NOT_FOUND, "There is no tenant '" + slug + "'.");
  }
}

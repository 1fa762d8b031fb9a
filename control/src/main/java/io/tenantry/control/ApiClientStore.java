package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The clients of the built-in token issuer. Thread-safe; each call is one transaction of a control
 * login and blocks on the database; {@code database_unavailable} when it is away.
 */
public final class ApiClientStore {

  private static final String FIND =
      "select "
          + ApiClientRows.COLUMNS
          + "from tenantry_control.api_clients c where c.client_id = ?";
  private static final String INSERT =
      """
      insert into tenantry_control.api_clients (client_id, tenant_id, secret_hash, scopes)
      values (?, ?, ?, ?) on conflict (client_id) do nothing
      """;

  private final ControlTransactions transactions;

  public ApiClientStore(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /** The client of that id, revoked or not. */
  public Optional<ApiClient> find(String clientId) {
    return transactions.call(
        "reading an API client",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, clientId);
            try (ResultSet row = statement.executeQuery()) {
              return ApiClientRows.readOne(row);
            }
          }
        });
  }

  /**
   * Makes the client unless one of that id is there, which stays as it is.
   *
   * @param tenant the tenant its tokens are for; null: the platform
   * @param scopes at least one
   * @return whether it was made
   */
  public boolean insertIfAbsent(
      String clientId, @Nullable TenantId tenant, String secretHash, Set<String> scopes) {
    return transactions.call(
        "making an API client",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, clientId);
            statement.setObject(2, tenant == null ? null : tenant.value());
            statement.setString(3, secretHash);
            statement.setArray(
                4, connection.createArrayOf("text", new TreeSet<>(scopes).toArray()));
            return statement.executeUpdate() == 1;
          }
        });
  }
}

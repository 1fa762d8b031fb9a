package io.tenantry.control;

import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;

/**
 * Moves a tenant from state to state, each move with one audit event in the same transaction.
 * Thread-safe; blocks on the database.
 */
public final class TenantTransitions {

  private static final String MOVE =
      """
      update tenantry_control.tenants set state = ? where id = ?
      """;

  private final ControlTransactions transactions;

  public TenantTransitions(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /**
   * Moves the tenant to {@code next}. A tenant that is there already stays as it is, without an
   * event.
   *
   * @throws TenantryException with {@code not_found} when there is none, {@code
   *     tenant_state_conflict} when its state may not become the other
   */
  public Tenant move(TenantId id, TenantState next, By by) {
    return transactions.call(
        "moving a tenant to " + next, connection -> move(connection, id, next, by));
  }

  /** Inside the caller's transaction. */
  static Tenant move(Connection connection, TenantId id, TenantState next, By by)
      throws SQLException {
    Tenant tenant = locked(connection, id);
    if (tenant.state() == next) {
      return tenant;
    }
    require(tenant, next);
    String before = AuditLog.image(connection, id.value());
    try (PreparedStatement statement = connection.prepareStatement(MOVE)) {
      statement.setString(1, next.name());
      statement.setObject(2, id.value());
      statement.executeUpdate();
    }
    AuditLog.tenantChanged(connection, id.value(), action(next), by, before);
    return locked(connection, id);
  }

  static void require(Tenant tenant, TenantState next) {
    if (!tenant.state().mayBecome(next)) {
      throw new TenantryException(
          ErrorCode.TENANT_STATE_CONFLICT,
          "'" + tenant.slug() + "' is " + tenant.state() + " and cannot become " + next + ".");
    }
  }

  /** The name of a move in the audit: {@code tenant.active}. */
  static String action(TenantState state) {
    return "tenant." + state.name().toLowerCase(Locale.ROOT);
  }

  private static Tenant locked(Connection connection, TenantId id) throws SQLException {
    return TenantStore.lock(connection, id)
        .orElseThrow(
            () -> new TenantryException(ErrorCode.NOT_FOUND, "There is no tenant " + id + "."));
  }
}

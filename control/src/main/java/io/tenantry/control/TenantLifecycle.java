package io.tenantry.control;

import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What operators do to a tenant that is there: suspend, resume, delete, undelete, retry. Each call
 * is one transaction with its audit event; the same call again changes nothing. Thread-safe; blocks
 * on the database.
 *
 * <p>All methods throw {@code TenantryException} with {@code not_found} when there is no such
 * tenant, or it is a canary, {@code tenant_state_conflict} when its state forbids it, and {@code
 * database_unavailable} when the database is away.
 */
public final class TenantLifecycle {

  private final ControlTransactions transactions;

  public TenantLifecycle(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /** From ACTIVE to SUSPENDED. */
  public Tenant suspend(TenantSlug slug, By by) {
    return turn(slug, TenantState.ACTIVE, TenantState.SUSPENDED, by);
  }

  /** From SUSPENDED to ACTIVE. */
  public Tenant resume(TenantSlug slug, By by) {
    return turn(slug, TenantState.SUSPENDED, TenantState.ACTIVE, by);
  }

  private Tenant turn(TenantSlug slug, TenantState from, TenantState to, By by) {
    return transactions.call(
        "moving a tenant to " + to,
        connection -> {
          Tenant tenant = locked(connection, slug);
          // Others lead there too, such as PROVISIONING to ACTIVE, but not by anybody's wish.
          if (tenant.state() != from && tenant.state() != to) {
            throw conflict(tenant, "cannot become " + to);
          }
          return TenantTransitions.move(connection, tenant.id(), to, by);
        });
  }

  /**
   * Begins the end of the tenant: OFFBOARDING, and an operation that leads to RETAINED. What was
   * still to be done to it is not done any more.
   *
   * @param expectedVersion the version the caller has seen, null when it does not care
   * @throws TenantryException with {@code precondition_failed} when the version is another one,
   *     {@code deletion_protected} while it is protected
   */
  public Started delete(TenantSlug slug, @Nullable Long expectedVersion, By by) {
    return transactions.call(
        "deleting a tenant",
        connection -> {
          Tenant tenant = locked(connection, slug);
          if (expectedVersion != null && expectedVersion != tenant.version()) {
            throw new TenantryException(
                ErrorCode.PRECONDITION_FAILED,
                "'" + slug + "' is at version " + tenant.version() + ".");
          }
          if (tenant.state() == TenantState.OFFBOARDING) {
            return offboard(connection, tenant, by);
          }
          TenantTransitions.require(tenant, TenantState.OFFBOARDING);
          if (tenant.deletionProtection()) {
            throw new TenantryException(
                ErrorCode.DELETION_PROTECTED, "'" + slug + "' has deletionProtection.");
          }
          OperationRows.overtake(
              connection, tenant.id(), "The tenant was deleted before it was carried out.");
          return offboard(
              connection,
              TenantTransitions.move(connection, tenant.id(), TenantState.OFFBOARDING, by),
              by);
        });
  }

  private static Started offboard(Connection connection, Tenant tenant, By by) throws SQLException {
    return started(connection, tenant, OperationKind.OFFBOARD, by);
  }

  /**
   * Brings a deleted tenant back whole, to the state it had; PENDING and PROVISIONING come back as
   * FAILED.
   *
   * @throws TenantryException with {@code tenant_state_conflict} also when its purge has begun or
   *     is asked for
   */
  public Tenant undelete(TenantSlug slug, By by) {
    return transactions.call(
        "undeleting a tenant",
        connection -> {
          Tenant tenant = locked(connection, slug);
          if (tenant.state() != TenantState.RETAINED) {
            throw conflict(tenant, "cannot be undeleted");
          }
          boolean asked =
              OperationRows.unfinished(connection, tenant.id())
                  .filter(pending -> pending.kind() == OperationKind.PURGE)
                  .isPresent();
          if (asked || tenant.end().purgeBegunAt() != null) {
            throw new TenantryException(
                ErrorCode.TENANT_STATE_CONFLICT,
                "The purge of '" + slug + "' has been asked for; it cannot be undeleted.");
          }
          return TenantTransitions.move(connection, tenant.id(), before(tenant), by);
        });
  }

  private static TenantState before(Tenant tenant) {
    TenantState state = tenant.stateBeforeOffboarding();
    return state == TenantState.ACTIVE || state == TenantState.SUSPENDED
        ? state
        : TenantState.FAILED;
  }

  /**
   * Asks again for what failed: the making of a FAILED tenant, the end of an OFFBOARDING one.
   * Answers the unfinished operation when there is one.
   */
  public Started retry(TenantSlug slug, By by) {
    return transactions.call(
        "retrying a tenant",
        connection -> {
          Tenant tenant = locked(connection, slug);
          return switch (tenant.state()) {
            case OFFBOARDING -> offboard(connection, tenant, by);
            case PENDING, PROVISIONING, FAILED ->
                started(connection, tenant, OperationKind.PROVISION, by);
            default -> throw conflict(tenant, "has nothing to be retried");
          };
        });
  }

  /** The unfinished operation of that kind, or a new one. */
  static Started started(Connection connection, Tenant tenant, OperationKind kind, By by)
      throws SQLException {
    Optional<Operation> pending = OperationRows.unfinished(connection, tenant.id());
    if (pending.isPresent() && pending.get().kind() != kind) {
      throw new TenantryException(
          ErrorCode.TENANT_STATE_CONFLICT,
          "'" + tenant.slug() + "' has another operation under way: " + pending.get().id() + ".");
    }
    return new Started(
        tenant,
        pending.isPresent()
            ? pending.get()
            : OperationRows.insert(connection, kind, tenant.id(), by));
  }

  /** The tenant of that slug, held until the transaction ends; nobody finds a canary here. */
  static Tenant locked(Connection connection, TenantSlug slug) throws SQLException {
    Optional<Tenant> found =
        Canaries.reserved(slug) ? Optional.empty() : TenantStore.bySlugForUpdate(connection, slug);
    return found.orElseThrow(
        () -> new TenantryException(ErrorCode.NOT_FOUND, "There is no tenant '" + slug + "'."));
  }

  static TenantryException conflict(Tenant tenant, String what) {
    return new TenantryException(
        ErrorCode.TENANT_STATE_CONFLICT,
        "'" + tenant.slug() + "' is " + tenant.state() + " and " + what + ".");
  }
}

package io.tenantry.control;

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
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Legal holds, and asking for purges; the provisioner carries them out. Each call is one
 * transaction; the same call again changes nothing. Thread-safe; blocks on the database.
 *
 * <p>All methods throw {@code TenantryException} with {@code not_found} when there is no such
 * tenant, or it is a canary, and {@code database_unavailable} when the database is away.
 */
public final class TenantPurges {

  private static final String HOLD =
      """
      update tenantry_control.tenants set hold_reason = ?, hold_by = ?,
        hold_since = coalesce(hold_since, clock_timestamp())
      where id = ?
      """;
  private static final String RELEASE =
      """
      update tenantry_control.tenants set hold_reason = null, hold_by = null, hold_since = null
      where id = ?
      """;
  private static final String NOT_OVER =
      "select t.purge_after > clock_timestamp() from tenantry_control.tenants t where t.id = ?";
  private static final String DUE =
      """
      select t.slug from tenantry_control.tenants t
      where t.state = 'RETAINED' and t.purge_after <= clock_timestamp()
        and t.hold_reason is null
        and t.deleted_at <= clock_timestamp() - make_interval(secs => ?)
        and not exists (select from tenantry_control.operations o
          where o.tenant_id = t.id and (o.state in ('QUEUED', 'RUNNING')
            or o.kind = 'PURGE' and o.finished_at > clock_timestamp() - interval '1 hour'))
      order by t.purge_after, t.id limit ?
      """;

  private final ControlTransactions transactions;

  public TenantPurges(DataSource control) {
    this.transactions = new ControlTransactions(control);
  }

  /**
   * Keeps the tenant from being purged, in whatever state it is; another reason takes the place of
   * the one before.
   *
   * @param reason 1 to 500 characters
   * @throws TenantryException with {@code tenant_state_conflict} when its purge has begun
   */
  public Tenant hold(TenantSlug slug, String reason, By by) {
    return transactions.call(
        "putting a hold on a tenant",
        connection -> {
          Tenant tenant = TenantLifecycle.locked(connection, slug);
          if (tenant.end().purgeBegunAt() != null) {
            throw TenantLifecycle.conflict(tenant, "its purge has begun");
          }
          LegalHold hold = tenant.end().hold();
          if (hold != null && hold.reason().equals(reason)) {
            return tenant;
          }
          return write(connection, tenant, HOLD, "tenant.hold", by, reason, by.actor());
        });
  }

  /** Lifts the hold; a tenant without one stays as it is. */
  public Tenant release(TenantSlug slug, By by) {
    return transactions.call(
        "lifting the hold of a tenant",
        connection -> {
          Tenant tenant = TenantLifecycle.locked(connection, slug);
          return tenant.end().hold() == null
              ? tenant
              : write(connection, tenant, RELEASE, "tenant.release", by);
        });
  }

  /**
   * Asks for the purge of a RETAINED tenant. Answers the unfinished operation when there is one.
   *
   * @throws TenantryException with {@code tenant_state_conflict} unless it is RETAINED, {@code
   *     legal_hold} while it is held, {@code retention_not_over} until its purgeAfter
   */
  public Started purge(TenantSlug slug, By by) {
    return transactions.call(
        "asking for a purge",
        connection -> {
          Tenant tenant = retained(connection, slug);
          demandNoHold(tenant);
          if (isTrue(connection, NOT_OVER, tenant)) {
            throw new TenantryException(
                ErrorCode.RETENTION_NOT_OVER,
                "'" + slug + "' is retained until " + tenant.end().purgeAfter() + ".");
          }
          return TenantLifecycle.started(connection, tenant, OperationKind.PURGE, by);
        });
  }

  /**
   * Asks what a purge of a RETAINED tenant would remove; the steps of the operation tell. Neither a
   * hold nor its retention forbids that.
   */
  public Started preview(TenantSlug slug, By by) {
    return transactions.call(
        "asking for a dry run of a purge",
        connection ->
            TenantLifecycle.started(
                connection, retained(connection, slug), OperationKind.PURGE_PREVIEW, by));
  }

  /**
   * Asks for the purge of every tenant whose retention is over, that is not held, and whose last
   * try did not end within the last hour; the longest due first.
   *
   * @param least how long ago a tenant has to be deleted, even if it is to be retained for less:
   *     who asks by himself has looked, and nobody has looked here
   * @param most above 0
   * @return what was asked for; one that somebody else changed meanwhile is not among them
   */
  public List<Started> purgeDue(Duration least, int most, By by) {
    List<Started> asked = new ArrayList<>();
    for (TenantSlug slug : due(least, most)) {
      try {
        asked.add(purge(slug, by));
      } catch (TenantryException e) {
        if (e.code() == ErrorCode.DATABASE_UNAVAILABLE) {
          throw e;
        }
      }
    }
    return asked;
  }

  private List<TenantSlug> due(Duration least, int most) {
    return transactions.call(
        "looking for tenants to purge",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            statement.setDouble(1, least.toMillis() / 1000.0);
            statement.setInt(2, most);
            try (ResultSet rows = statement.executeQuery()) {
              List<TenantSlug> slugs = new ArrayList<>();
              while (rows.next()) {
                slugs.add(new TenantSlug(rows.getString(1)));
              }
              return slugs;
            }
          }
        });
  }

  static void demandNoHold(Tenant tenant) {
    LegalHold hold = tenant.end().hold();
    if (hold != null) {
      throw new TenantryException(
          ErrorCode.LEGAL_HOLD,
          "'" + tenant.slug() + "' is held since " + hold.since() + ": " + hold.reason());
    }
  }

  private static Tenant retained(Connection connection, TenantSlug slug) throws SQLException {
    Tenant tenant = TenantLifecycle.locked(connection, slug);
    if (tenant.state() != TenantState.RETAINED) {
      throw TenantLifecycle.conflict(tenant, "cannot be purged; delete it first");
    }
    return tenant;
  }

  private static boolean isTrue(Connection connection, String sql, Tenant tenant)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, tenant.id().value());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private static Tenant write(
      Connection connection, Tenant tenant, String sql, String action, By by, String... values)
      throws SQLException {
    String before = AuditLog.image(connection, tenant.id().value());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int at = 1;
      for (@Nullable String value : values) {
        statement.setString(at++, Objects.requireNonNull(value));
      }
      statement.setObject(at, tenant.id().value());
      statement.executeUpdate();
    }
    AuditLog.tenantChanged(connection, tenant.id().value(), action, by, before);
    return TenantStore.lock(connection, tenant.id()).orElseThrow();
  }
}

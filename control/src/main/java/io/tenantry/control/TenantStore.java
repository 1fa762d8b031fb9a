package io.tenantry.control;

import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The tenant directory in the database. Thread-safe; each call is one transaction of a control
 * login and blocks on the database.
 *
 * <p>All methods throw {@code TenantryException} with {@code database_unavailable} when the
 * database is away, and {@link ControlException} for what nobody expected.
 */
public final class TenantStore {

  private static final String SELECT =
      "select " + TenantRows.COLUMNS + " from tenantry_control.tenants t ";
  private static final String BY_SLUG = SELECT + "where t.slug = ? and t.state <> 'PURGED'";
  private static final String BY_ID = SELECT + "where t.id = ?";
  private static final String PAGE =
      SELECT
          + "where t.state <> 'PURGED' and t.slug <> all(?) and t.slug collate \"C\" > ? "
          + "order by t.slug collate \"C\" limit ?";

  private static final String ANY_ACTIVE =
      SELECT + "where t.state = 'ACTIVE' and t.id <> ? order by t.id limit 1";

  /** Two creators of one slug: the loser finds the winner's row when it looks again. */
  private static final int TRIES = 3;

  /** How long the slug of a purged tenant stays out of use, unless said. */
  public static final Duration SLUG_QUARANTINE = Duration.ofDays(30);

  private static final String QUARANTINED =
      """
      select t.purged_at + make_interval(secs => ?) as free_at from tenantry_control.tenants t
      where t.slug_hash = encode(sha256(convert_to(?, 'UTF8')), 'hex')
        and t.purged_at + make_interval(secs => ?) > clock_timestamp()
      order by t.purged_at desc limit 1
      """;

  private final ControlTransactions transactions;
  private final Duration slugQuarantine;

  public TenantStore(DataSource control) {
    this(control, SLUG_QUARANTINE);
  }

  /**
   * @param slugQuarantine how long after a purge nobody gets the slug
   */
  public TenantStore(DataSource control, Duration slugQuarantine) {
    this.transactions = new ControlTransactions(control);
    this.slugQuarantine = slugQuarantine;
  }

  /** The tenant of that slug that is not purged; a canary is nobody's to find here. */
  public Optional<Tenant> findBySlug(TenantSlug slug) {
    return Canaries.reserved(slug) ? Optional.empty() : bySlug(slug);
  }

  /**
   * The canary of that slug, empty when nobody has made it yet.
   *
   * @param canary one of {@link Canaries#PAIR}
   */
  public Optional<Tenant> findCanary(TenantSlug canary) {
    return Canaries.reserved(canary) ? bySlug(canary) : Optional.empty();
  }

  private Optional<Tenant> bySlug(TenantSlug slug) {
    return transactions.call(
        "reading a tenant", connection -> one(connection, BY_SLUG, slug.value()));
  }

  /** The tenant of that id, purged or not. */
  public Optional<Tenant> findById(TenantId id) {
    return transactions.call("reading a tenant", connection -> one(connection, BY_ID, id.value()));
  }

  /** An ACTIVE tenant of another id than this, if there is one. */
  public Optional<Tenant> anyActiveBut(TenantId id) {
    return transactions.call(
        "looking for another tenant", connection -> one(connection, ANY_ACTIVE, id.value()));
  }

  /**
   * Tenants that are not purged, in byte order of their slugs, without the canaries.
   *
   * @param limit above 0
   * @param after the last slug of the page before, null for the first page
   */
  public List<Tenant> page(int limit, @Nullable TenantSlug after) {
    return transactions.call(
        "listing tenants",
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
            statement.setArray(1, connection.createArrayOf("text", Canaries.slugs()));
            statement.setString(2, after == null ? "" : after.value());
            statement.setInt(3, limit);
            try (ResultSet rows = statement.executeQuery()) {
              return TenantRows.readAll(rows);
            }
          }
        });
  }

  /**
   * Makes the tenant, with the operation that will provision it, or changes it. Where one was made
   * ahead ({@link PreparedTenants}) the new tenant is that one and ACTIVE at once. The row, the
   * operation and the audit events are one transaction. The same call again answers Unchanged.
   *
   * @param expectedVersion the version the caller has seen, null when it does not care
   * @param createOnly whether an existing tenant is a conflict
   * @throws TenantryException with {@code precondition_failed} when the version is another one or
   *     the tenant is not there, {@code tenant_exists} when it should not exist, {@code
   *     slug_retained} when the slug's tenant was deleted, {@code slug_quarantined} when it was
   *     purged a short while ago, {@code tenant_state_conflict} when its state forbids the change,
   *     {@code slug_reserved} for the slug of a canary
   */
  public PutOutcome put(
      TenantSpec spec, @Nullable Long expectedVersion, boolean createOnly, By by) {
    if (Canaries.reserved(spec.slug())) {
      throw new TenantryException(
          ErrorCode.SLUG_RESERVED, "'" + spec.slug() + "' is a name of the platform's own.");
    }
    return write(spec, expectedVersion, createOnly, by);
  }

  /**
   * As {@link #put}, for a tenant of the platform's own: makes it when it is not there, and changes
   * nothing when it is.
   *
   * @param canary one of {@link Canaries#PAIR}
   */
  public PutOutcome putCanary(TenantSlug canary, By by) {
    if (!Canaries.reserved(canary)) {
      throw new IllegalArgumentException("'" + canary + "' is not a canary.");
    }
    return write(TenantSpec.of(canary, "Canary " + canary), null, false, by);
  }

  private PutOutcome write(
      TenantSpec spec, @Nullable Long expectedVersion, boolean createOnly, By by) {
    for (int i = 0; i < TRIES; i++) {
      Optional<PutOutcome> outcome =
          transactions.call(
              "writing a tenant",
              connection -> putOnce(connection, spec, expectedVersion, createOnly, by));
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    throw new TenantryException(
        ErrorCode.CONCURRENT_UPDATE, "'" + spec.slug() + "' is being written by others.");
  }

  private Optional<PutOutcome> putOnce(
      Connection connection,
      TenantSpec spec,
      @Nullable Long expectedVersion,
      boolean createOnly,
      By by)
      throws SQLException {
    Optional<Tenant> found = bySlugForUpdate(connection, spec.slug());
    if (found.isPresent()) {
      Tenant tenant = found.get();
      PutRules.checkChange(tenant, expectedVersion, createOnly);
      return Optional.of(TenantWrites.change(connection, tenant, spec, by));
    }
    PutRules.checkCreation(spec, expectedVersion);
    demandFree(connection, spec.slug());
    return TenantWrites.create(connection, spec, by).map(created -> created);
  }

  private void demandFree(Connection connection, TenantSlug slug) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(QUARANTINED)) {
      statement.setLong(1, slugQuarantine.toSeconds());
      statement.setString(2, slug.value());
      statement.setLong(3, slugQuarantine.toSeconds());
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          throw new TenantryException(
              ErrorCode.SLUG_QUARANTINED,
              "'" + slug + "' is free again at " + TenantRows.instant(row, "free_at") + ".");
        }
      }
    }
  }

  private static Optional<Tenant> one(Connection connection, String sql, Object key)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setObject(1, key);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(TenantRows.read(row)) : Optional.empty();
      }
    }
  }

  static Optional<Tenant> bySlugForUpdate(Connection connection, TenantSlug slug)
      throws SQLException {
    return one(connection, BY_SLUG + " for update of t", slug.value());
  }

  static Optional<Tenant> lock(Connection connection, TenantId id) throws SQLException {
    return one(connection, BY_ID + " for update of t", id.value());
  }
}

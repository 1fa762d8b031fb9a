package io.tenantry.api.admin;

import io.tenantry.api.problems.Shown;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantStore;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Optional;

/** Reads the tenant that a path of the platform names. What is no slug is nobody's slug. */
public final class TenantPath {

  private TenantPath() {}

  /** {@code slug} as a slug; empty when no tenant can be called so. */
  public static Optional<TenantSlug> possible(String slug) {
    return slug.matches(TenantSlug.PATTERN) ? Optional.of(new TenantSlug(slug)) : Optional.empty();
  }

  /**
   * {@code slug} as a slug.
   *
   * @throws TenantryException with {@code not_found} when no tenant can be called so
   */
  public static TenantSlug slug(String slug) {
    return possible(slug).orElseThrow(() -> missing(slug));
  }

  /**
   * The tenant that is called {@code slug}; blocks on the database.
   *
   * @throws TenantryException with {@code not_found} when there is none
   */
  public static Tenant tenant(String slug, TenantStore tenants) {
    return possible(slug).flatMap(tenants::findBySlug).orElseThrow(() -> missing(slug));
  }

  private static TenantryException missing(String slug) {
    return new TenantryException(
        ErrorCode.NOT_FOUND, "There is no tenant '" + Shown.brief(slug) + "'.");
  }
}

package io.tenantry.api.admin;

import io.tenantry.api.problems.Shown;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;

/** Slugs of tenants that have to be there. */
final class Slugs {

  private Slugs() {}

  /**
   * What is no slug is nobody's slug.
   *
   * @throws TenantryException with {@code not_found}
   */
  static TenantSlug existing(String slug) {
    if (!slug.matches(TenantSlug.PATTERN)) {
      throw new TenantryException(
          ErrorCode.NOT_FOUND, "There is no tenant '" + Shown.brief(slug) + "'.");
    }
    return new TenantSlug(slug);
  }
}

package io.tenantry.api.admin;

import io.tenantry.api.tenant.LimitsView;
import io.tenantry.control.TenantLimits;
import io.tenantry.control.TenantSpec;
import io.tenantry.persistence.validation.Violations;
import io.tenantry.tenancy.TenantSlug;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body that makes or changes a tenant. What is left out, or null, is the default of a new
 * tenant and stays as it is on one that exists.
 *
 * @param slug may repeat the path's; it cannot be changed
 */
record TenantPut(
    @Nullable String slug,
    @Nullable String displayName,
    @Nullable String tier,
    @Nullable Map<String, @Nullable String> labels,
    @Nullable LimitsView limits,
    @Nullable Boolean suspended,
    @Nullable Boolean deletionProtection,
    @Nullable Integer retentionDays) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TIER = 40;
  private static final int LONGEST_RETENTION = 3650;

  /**
   * The same, checked: the table would refuse what is not acceptable, but without saying which
   * value.
   */
  TenantSpec spec(TenantSlug path) {
    Violations violations = new Violations();
    if (slug != null && !slug.equals(path.value())) {
      violations.add("/slug", "immutable", "The path says '" + path + "'; a slug stays as it is.");
    }
    violations.text("/displayName", displayName, LONGEST_NAME);
    if (tier != null && !tier.matches("[a-z][a-z0-9-]{0," + (LONGEST_TIER - 1) + "}")) {
      violations.add(
          "/tier", "pattern", "It takes 1 to 40 of a-z, 0-9 and hyphen, beginning with a letter.");
    }
    Map<String, String> checkedLabels = labels == null ? null : Labels.check(labels, violations);
    TenantLimits checkedLimits = limits == null ? null : limits.limits();
    if (checkedLimits != null) {
      positive("/limits/requestsPerSecond", checkedLimits.requestsPerSecond(), violations);
      positive("/limits/burst", checkedLimits.burst(), violations);
      positive("/limits/maxConnections", checkedLimits.maxConnections(), violations);
    }
    if (retentionDays != null && (retentionDays < 0 || retentionDays > LONGEST_RETENTION)) {
      violations.add("/retentionDays", "out_of_range", "It takes 0 to " + LONGEST_RETENTION + ".");
    }
    violations.throwIfAny();
    return new TenantSpec(
        path,
        displayName,
        tier,
        checkedLabels,
        checkedLimits,
        suspended,
        deletionProtection,
        retentionDays);
  }

  private static void positive(String pointer, @Nullable Integer value, Violations violations) {
    if (value != null && value < 1) {
      violations.add(pointer, "not_positive", "It has to be greater than 0.");
    }
  }
}

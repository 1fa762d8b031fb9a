package io.tenantry.control;

import io.tenantry.tenancy.TenantSlug;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a PUT says about a tenant. Null leaves a value as it is; on creation it stands for the
 * default.
 *
 * @param displayName 1 to 200 characters; default: the slug
 * @param tier default: {@code standard}
 * @param labels all of them: what is not named is removed; default: none
 * @param limits all of them: null in one is the platform's default
 * @param suspended false on creation, since only an ACTIVE tenant can be suspended
 * @param deletionProtection default: true
 * @param retentionDays 0 to 3650; default: 30
 */
public record TenantSpec(
    TenantSlug slug,
    @Nullable String displayName,
    @Nullable String tier,
    @Nullable Map<String, String> labels,
    @Nullable TenantLimits limits,
    @Nullable Boolean suspended,
    @Nullable Boolean deletionProtection,
    @Nullable Integer retentionDays) {

  public TenantSpec {
    labels = labels == null ? null : Map.copyOf(labels);
  }

  /** A slug and a name, the rest by default or as it is. */
  public static TenantSpec of(TenantSlug slug, String displayName) {
    return new TenantSpec(slug, displayName, null, null, null, null, null, null);
  }
}

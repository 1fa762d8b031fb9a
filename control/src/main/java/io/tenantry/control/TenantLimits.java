package io.tenantry.control;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant may use of one instance. Null stands for the platform's default.
 *
 * @param requestsPerSecond above 0
 * @param burst requests at once beyond the rate, above 0
 * @param maxConnections connections at once, above 0
 */
public record TenantLimits(
    @Nullable Integer requestsPerSecond,
    @Nullable Integer burst,
    @Nullable Integer maxConnections) {

  /** The platform's defaults throughout. */
  public static final TenantLimits DEFAULTS = new TenantLimits(null, null, null);
}

package io.tenantry.api.tenant;

import io.tenantry.control.TenantLimits;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant may use of one instance, as it is answered and taken; null is the platform's
 * default.
 */
public record LimitsView(
    @Nullable Integer requestsPerSecond,
    @Nullable Integer burst,
    @Nullable Integer maxConnections) {

  /** The limits as they are answered. */
  public static LimitsView of(TenantLimits limits) {
    return new LimitsView(limits.requestsPerSecond(), limits.burst(), limits.maxConnections());
  }

  /** The limits as they are taken. */
  public TenantLimits limits() {
    return new TenantLimits(requestsPerSecond, burst, maxConnections);
  }
}

package io.tenantry.api.limits;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.tenantry.control.TenantLimits;
import java.time.Duration;
import java.util.List;

/**
 * How many requests a tenant may send.
 *
 * @param perSecond in the long run
 * @param burst at once after a pause
 */
record Rate(int perSecond, int burst) {

  static Rate of(TenantLimits limits, LimitsSettings defaults) {
    return new Rate(
        limits.requestsPerSecond() == null
            ? defaults.requestsPerSecond()
            : limits.requestsPerSecond(),
        limits.burst() == null ? defaults.burst() : limits.burst());
  }

  /** How long an empty bucket takes to be full, in whole seconds and at least one. */
  Duration window() {
    return Duration.ofSeconds(Math.max(1, Math.ceilDiv(burst, perSecond)));
  }

  BucketConfiguration bucket() {
    return new BucketConfiguration(
        List.of(
            Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build()));
  }
}

package io.tenantry.api.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.tenantry.control.Tenant;
import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests of each tenant on this instance, in memory. A changed limit is in force with
 * the next request, and what was taken under the old one stays taken. Thread-safe; never blocks.
 *
 * <p>A bucket that nobody touches is full again after its window; only then is it forgotten, so
 * that forgetting gives nobody anything.
 */
public final class RequestLimits {

  private final LimitsSettings defaults;
  private final TimeMeter time;
  private final Cache<TenantId, Held> buckets;

  RequestLimits(LimitsSettings defaults) {
    this(defaults, TimeMeter.SYSTEM_NANOTIME);
  }

  RequestLimits(LimitsSettings defaults, TimeMeter time) {
    this.defaults = defaults;
    this.time = time;
    Ticker ticker = time::currentTimeNanos;
    this.buckets =
        Caffeine.newBuilder()
            .ticker(ticker)
            .executor(Runnable::run)
            .expireAfter(
                Expiry.<TenantId, Held>accessing(
                    (tenant, held) -> held.rate().window().plusSeconds(1)))
            .build();
  }

  /** Takes one request; empty when the tenant may send it, else what it is told. */
  public Optional<RequestRefusal> take(Tenant tenant) {
    Rate rate = Rate.of(tenant.limits(), defaults);
    Bucket bucket = bucket(tenant.id(), rate);
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return Optional.empty();
    }
    return Optional.of(
        new RequestRefusal(
            rate.burst(),
            rate.window(),
            probe.getRemainingTokens(),
            Duration.ofNanos(probe.getNanosToWaitForRefill())));
  }

  /** How many tenants are remembered. */
  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Bucket bucket(TenantId tenant, Rate rate) {
    Held held = buckets.getIfPresent(tenant);
    if (held == null || !held.rate().equals(rate)) {
      held = buckets.asMap().compute(tenant, (id, there) -> following(there, rate));
    }
    return held.bucket();
  }

  private Held following(@Nullable Held there, Rate rate) {
    if (there == null) {
      Bucket fresh =
          Bucket.builder()
              .addLimit(rate.bucket().getBandwidths()[0])
              .withCustomTimePrecision(time)
              .build();
      return new Held(rate, fresh);
    }
    if (!there.rate().equals(rate)) {
      there.bucket().replaceConfiguration(rate.bucket(), TokensInheritanceStrategy.ADDITIVE);
    }
    return new Held(rate, there.bucket());
  }

  private record Held(Rate rate, Bucket bucket) {}
}

package io.tenantry.persistence.idempotency;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Requests with an Idempotency-Key.
 *
 * @param retention how long an answer is kept and its key stands for it, 1 min to 30 d; a day
 *     outlasts any client's retries
 * @param sweepInterval between two deletions of expired keys, 1 s to 1 d; each visits every tenant,
 *     and an expired key that is still there is ignored
 */
@ConfigurationProperties("tenantry.idempotency")
public record IdempotencySettings(
    @DefaultValue("24h") Duration retention, @DefaultValue("10m") Duration sweepInterval) {

  public IdempotencySettings {
    between("retention", retention, Duration.ofMinutes(1), Duration.ofDays(30));
    between("sweep-interval", sweepInterval, Duration.ofSeconds(1), Duration.ofDays(1));
  }

  private static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "tenantry.idempotency.%s is %s; it takes %s to %s.".formatted(name, value, least, most));
    }
  }
}

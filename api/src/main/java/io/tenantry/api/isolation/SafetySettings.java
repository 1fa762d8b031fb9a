package io.tenantry.api.isolation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an instance looks whether it is safe.
 *
 * @param startTimeout how long a start waits for the first look, 100 ms to 10 min; then it goes on
 *     as if the database were away
 * @param scanInterval between two looks at every tenant's catalog, 1 min to 1 d; a tenth more or
 *     less, so that instances do not all look at once
 * @param scanTimeout the longest that a statement of such a look may run, 1 s to 1 h
 * @param clockSkew by how much the clocks of server and instance may disagree before it is said, 10
 *     ms to 5 s; capabilities live for 4 s unless set otherwise
 */
@ConfigurationProperties("tenantry.safety")
record SafetySettings(
    @DefaultValue("30s") Duration startTimeout,
    @DefaultValue("1h") Duration scanInterval,
    @DefaultValue("5m") Duration scanTimeout,
    @DefaultValue("1s") Duration clockSkew) {

  SafetySettings {
    between("start-timeout", startTimeout, Duration.ofMillis(100), Duration.ofMinutes(10));
    between("scan-interval", scanInterval, Duration.ofMinutes(1), Duration.ofDays(1));
    between("scan-timeout", scanTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
    between("clock-skew", clockSkew, Duration.ofMillis(10), Duration.ofSeconds(5));
  }

  private static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "tenantry.safety.%s is %d ms; it takes %d to %d ms."
              .formatted(name, value.toMillis(), least.toMillis(), most.toMillis()));
    }
  }
}

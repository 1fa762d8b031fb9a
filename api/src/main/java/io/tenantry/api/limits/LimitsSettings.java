package io.tenantry.api.limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a tenant may take of this instance where its own limits say nothing.
 *
 * @param requestsPerSecond requests a second in the long run, 1 to 1,000,000; more than one
 *     instance serves, so that only a tenant that would take all of it is slowed down
 * @param burst requests at once after a pause, 1 to 10,000,000; two seconds' worth
 * @param maxConnections connections at once, 1 to 1,000; leaves two of the default pool to the
 *     others, and is never more than the pool has
 */
@ConfigurationProperties("tenantry.limits")
public record LimitsSettings(
    @DefaultValue("1000") int requestsPerSecond,
    @DefaultValue("2000") int burst,
    @DefaultValue("6") int maxConnections) {

  public LimitsSettings {
    between("requests-per-second", requestsPerSecond, 1_000_000);
    between("burst", burst, 10_000_000);
    between("max-connections", maxConnections, 1_000);
  }

  private static void between(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "tenantry.limits." + name + " is " + value + "; it takes 1 to " + most + ".");
    }
  }
}

package io.tenantry.api.isolation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The live proof of isolation.
 *
 * @param enabled whether this instance looks; without it nothing but the catalog speaks for it
 * @param interval between two looks, 1 s to 1 h; a leak is served for as long as this at the most
 */
@ConfigurationProperties("tenantry.prober")
public record ProberSettings(
    @DefaultValue("true") boolean enabled, @DefaultValue("10s") Duration interval) {

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofHours(1);

  public ProberSettings {
    if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "tenantry.prober.interval is " + interval.toMillis() + " ms; it takes 1 s to 1 h.");
    }
  }
}

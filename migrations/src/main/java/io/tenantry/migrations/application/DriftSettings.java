package io.tenantry.migrations.application;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is done about tenants' schemas that are not what their changesets make.
 *
 * @param quarantineDrifted whether such a tenant is held back until its schema is mended; where it
 *     is not, no instance starts while there is one
 * @param driftInterval between two looks at all schemas, at least 1 m
 */
@ConfigurationProperties("tenantry.migrations")
record DriftSettings(
    @DefaultValue("true") boolean quarantineDrifted, @DefaultValue("1h") Duration driftInterval) {

  private static final Duration LEAST_INTERVAL = Duration.ofMinutes(1);

  DriftSettings {
    if (driftInterval.compareTo(LEAST_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "tenantry.migrations.drift-interval is "
              + driftInterval
              + "; it has to be at least "
              + LEAST_INTERVAL
              + ".");
    }
  }
}

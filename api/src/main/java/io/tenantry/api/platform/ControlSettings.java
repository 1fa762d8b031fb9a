package io.tenantry.api.platform;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The way to the platform's own tables.
 *
 * @param poolSize connections at the most, 2 to 50; one of them follows the directory
 * @param connectionTimeout how long a request waits for one, 250 ms to 1 min
 * @param directoryInterval between two looks for changed tenants, 100 ms to 4 s: with the look
 *     itself every instance feels a change within 5 s
 */
@ConfigurationProperties("tenantry.control")
record ControlSettings(
    @DefaultValue("4") int poolSize,
    @DefaultValue("3s") Duration connectionTimeout,
    @DefaultValue("2s") Duration directoryInterval) {

  ControlSettings {
    if (poolSize < 2 || poolSize > 50) {
      throw new IllegalArgumentException(
          "tenantry.control.pool-size is " + poolSize + "; it takes 2 to 50.");
    }
    between("connection-timeout", connectionTimeout, 250, 60_000);
    between("directory-interval", directoryInterval, 100, 4_000);
  }

  private static void between(String name, Duration value, long least, long most) {
    if (value.toMillis() < least || value.toMillis() > most) {
      throw new IllegalArgumentException(
          "tenantry.control.%s is %d ms; it takes %d to %d ms."
              .formatted(name, value.toMillis(), least, most));
    }
  }
}

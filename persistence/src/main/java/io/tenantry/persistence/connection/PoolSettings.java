package io.tenantry.persistence.connection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The pool that serves requests.
 *
 * @param size connections kept open; 4 to 8 served best on two cores
 * @param connectionTimeout how long a request waits for a connection
 * @param maxLifetime after which a connection is replaced
 * @param statementTimeout the longest a statement may run
 * @param lockTimeout the longest a statement may wait for a lock
 * @param capabilityLifetime how long a signed capability is good for, 1 to 5 whole seconds; what is
 *     missing to 5 is how far this machine's clock may run ahead of the database's
 */
@ConfigurationProperties("tenantry.pool")
public record PoolSettings(
    @DefaultValue("8") int size,
    @DefaultValue("10s") Duration connectionTimeout,
    @DefaultValue("10m") Duration maxLifetime,
    @DefaultValue("10s") Duration statementTimeout,
    @DefaultValue("2s") Duration lockTimeout,
    @DefaultValue("4s") Duration capabilityLifetime) {

  public PoolSettings {
    if (size < 1 || size > 1_000) {
      throw new IllegalArgumentException("tenantry.pool.size is " + size + "; it takes 1 to 1000.");
    }
    atLeast("connection-timeout", connectionTimeout, Duration.ofMillis(250));
    atLeast("max-lifetime", maxLifetime, Duration.ofSeconds(30));
    atLeast("statement-timeout", statementTimeout, Duration.ofMillis(1));
    atLeast("lock-timeout", lockTimeout, Duration.ofMillis(1));
  }

  private static void atLeast(String name, Duration value, Duration least) {
    if (value.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "tenantry.pool."
              + name
              + " is "
              + value.toMillis()
              + " ms; it takes at least "
              + least.toMillis()
              + " ms.");
    }
  }
}

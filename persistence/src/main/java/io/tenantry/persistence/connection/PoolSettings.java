package io.tenantry.persistence.connection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The pool that serves requests.
 *
 * @param size connections kept open, 1 to 1000; a handful served best on two cores
 * @param connectionTimeout how long a request waits for a connection, 250 ms to 1 d; half of a
 *     request's deadline, so that a full pool is told apart from a request that was too slow
 * @param maxLifetime after which a connection is replaced, 30 s to 1 d
 * @param statementTimeout the longest a statement may run, 1 ms to 1 d
 * @param lockTimeout the longest a statement may wait for a lock, 1 ms to 1 d
 */
@ConfigurationProperties("tenantry.pool")
public record PoolSettings(
    @DefaultValue("8") int size,
    @DefaultValue("5s") Duration connectionTimeout,
    @DefaultValue("10m") Duration maxLifetime,
    @DefaultValue("10s") Duration statementTimeout,
    @DefaultValue("2s") Duration lockTimeout) {

  /** A day: the server takes its timeouts as 32 bits of milliseconds. */
  private static final Duration MOST = Duration.ofDays(1);

  public PoolSettings {
    if (size < 1 || size > 1_000) {
      throw new IllegalArgumentException("tenantry.pool.size is " + size + "; it takes 1 to 1000.");
    }
    between("connection-timeout", connectionTimeout, Duration.ofMillis(250));
    between("max-lifetime", maxLifetime, Duration.ofSeconds(30));
    between("statement-timeout", statementTimeout, Duration.ofMillis(1));
    between("lock-timeout", lockTimeout, Duration.ofMillis(1));
  }

  private static void between(String name, Duration value, Duration least) {
    if (value.compareTo(least) < 0 || value.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "tenantry.pool."
              + name
              + " is "
              + value.toMillis()
              + " ms; it takes "
              + least.toMillis()
              + " to "
              + MOST.toMillis()
              + " ms.");
    }
  }
}

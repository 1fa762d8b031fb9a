package io.tenantry.migrations.fanout;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How runs over all tenants are carried out.
 *
 * @param pollInterval between two looks for a run that is asked for, above 0
 * @param lease how long a run stays with a worker that shows no life, at least 3 s
 * @param lockTimeout how long a tenant's requests may have to wait behind a change that itself
 *     waits for a lock; then the tenant is busy and has its turn again later, at least 1 ms
 * @param statementTimeout how long one statement of a changeset may take, at least 1 ms
 * @param indexTimeout how long an index may take that is built beside the tenant's work, at least 1
 *     ms
 * @param busyAttempts after how many turns a busy tenant has failed, 1 to 1000
 * @param busyPause before a wave in which there are busy tenants alone, at least 1 ms
 * @param bringUp whether a start asks for a run when tenants are behind this build; off where an
 *     operator starts runs
 */
@ConfigurationProperties("tenantry.migrations.runs")
public record FanOutSettings(
    @DefaultValue("1s") Duration pollInterval,
    @DefaultValue("30s") Duration lease,
    @DefaultValue("2s") Duration lockTimeout,
    @DefaultValue("5m") Duration statementTimeout,
    @DefaultValue("1h") Duration indexTimeout,
    @DefaultValue("5") int busyAttempts,
    @DefaultValue("5s") Duration busyPause,
    @DefaultValue("false") boolean bringUp) {

  private static final String PREFIX = "tenantry.migrations.runs.";
  private static final Duration LEAST_LEASE = Duration.ofSeconds(3);
  private static final int MOST_ATTEMPTS = 1000;

  public FanOutSettings {
    demand(pollInterval.isPositive(), "poll-interval", pollInterval, "above 0");
    demand(lease.compareTo(LEAST_LEASE) >= 0, "lease", lease, "at least " + LEAST_LEASE);
    demand(lockTimeout.toMillis() >= 1, "lock-timeout", lockTimeout, "at least 1 ms");
    demand(
        statementTimeout.toMillis() >= 1, "statement-timeout", statementTimeout, "at least 1 ms");
    demand(indexTimeout.toMillis() >= 1, "index-timeout", indexTimeout, "at least 1 ms");
    demand(
        busyAttempts >= 1 && busyAttempts <= MOST_ATTEMPTS,
        "busy-attempts",
        busyAttempts,
        "1 to " + MOST_ATTEMPTS);
    demand(busyPause.toMillis() >= 1, "busy-pause", busyPause, "at least 1 ms");
  }

  /** All as documented. */
  public static FanOutSettings defaults() {
    return new FanOutSettings(
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        Duration.ofMinutes(5),
        Duration.ofHours(1),
        5,
        Duration.ofSeconds(5),
        false);
  }

  private static void demand(boolean good, String name, Object value, String accepted) {
    if (!good) {
      throw new IllegalArgumentException(
          PREFIX + name + " is " + value + "; it has to be " + accepted + ".");
    }
  }
}

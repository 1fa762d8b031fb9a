package io.tenantry.api.health;

import io.tenantry.control.TenantDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Whether requests can be served: the database answers, and the directory follows it. One that
 * stopped following would serve suspended tenants for good.
 */
@Component("serving")
class ServingHealth extends AbstractHealthIndicator {

  /** Six times the 5 s by which every instance has to feel a change. */
  private static final Duration OLDEST = Duration.ofSeconds(30);

  private final DatabaseWatch database;
  private final TenantDirectory directory;

  ServingHealth(DatabaseWatch database, TenantDirectory directory) {
    this.database = database;
    this.directory = directory;
  }

  boolean serves() {
    return serves(database.reachable(), directory.lastRefreshed(), Instant.now());
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    if (serves()) {
      health.up();
    } else {
      health.down();
    }
  }

  static boolean serves(boolean reachable, Optional<Instant> refreshed, Instant now) {
    return reachable && refreshed.filter(at -> at.plus(OLDEST).isAfter(now)).isPresent();
  }
}

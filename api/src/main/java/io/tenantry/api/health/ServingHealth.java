package io.tenantry.api.health;

import io.tenantry.api.isolation.Freshness;
import io.tenantry.api.isolation.IsolationState;
import io.tenantry.api.isolation.IsolationState.Check;
import io.tenantry.control.RevokedClients;
import io.tenantry.control.TenantDirectory;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * Whether requests can be served: the database answers, the directory and the list of revoked
 * clients follow it, nothing says that tenants are not kept apart, and the live proof of it is not
 * old. What stopped following would serve suspended tenants, or revoked clients, for good.
 */
@Component("serving")
class ServingHealth extends AbstractHealthIndicator {

  /** Six times the 5 s by which every instance has to feel a change. */
  private static final Duration OLDEST = Duration.ofSeconds(30);

  private final DatabaseWatch database;
  private final TenantDirectory directory;
  private final RevokedClients revoked;
  private final IsolationState isolation;
  private final Freshness freshness;

  ServingHealth(
      DatabaseWatch database,
      TenantDirectory directory,
      RevokedClients revoked,
      IsolationState isolation,
      Freshness freshness) {
    this.database = database;
    this.directory = directory;
    this.revoked = revoked;
    this.isolation = isolation;
    this.freshness = freshness;
  }

  boolean serves() {
    return isolation.safe()
        && !freshness.stale(Check.PROBER)
        && serves(
            database.reachable(),
            directory.lastRefreshed(),
            revoked.lastRefreshed(),
            Instant.now());
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    if (serves()) {
      health.up();
    } else {
      health.down();
    }
  }

  static boolean serves(
      boolean reachable, Optional<Instant> directory, Optional<Instant> revoked, Instant now) {
    return reachable && follows(directory, now) && follows(revoked, now);
  }

  private static boolean follows(Optional<Instant> refreshed, Instant now) {
    return refreshed.filter(at -> at.plus(OLDEST).isAfter(now)).isPresent();
  }
}

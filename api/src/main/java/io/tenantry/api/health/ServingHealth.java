package io.tenantry.api.health;

import io.tenantry.control.TenantDirectory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether requests can be served: the database answers, and the directory was read once. */
@Component("serving")
class ServingHealth extends AbstractHealthIndicator {

  private final DatabaseWatch database;
  private final TenantDirectory directory;

  ServingHealth(DatabaseWatch database, TenantDirectory directory) {
    this.database = database;
    this.directory = directory;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    if (database.reachable() && directory.lastRefreshed().isPresent()) {
      health.up();
    } else {
      health.down();
    }
  }
}

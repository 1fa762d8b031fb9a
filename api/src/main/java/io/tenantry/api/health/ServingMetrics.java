package io.tenantry.api.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tenantry.api.metrics.AgeGauge;
import io.tenantry.control.TenantDirectory;
import io.tenantry.tenancy.TenantState;
import org.springframework.stereotype.Component;

/** Whether this instance serves, and what it knows of the tenants; asks nobody for it. */
@Component
class ServingMetrics implements MeterBinder {

  private final ServingHealth serving;
  private final TenantDirectory directory;

  ServingMetrics(ServingHealth serving, TenantDirectory directory) {
    this.serving = serving;
    this.directory = directory;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    for (TenantState state : TenantState.values()) {
      // A purged tenant is in no directory.
      if (state != TenantState.PURGED) {
        Gauge.builder("tenantry.tenants", directory, known -> known.count(state))
            .description("Tenants by state, as this instance knows them.")
            .tag("state", state.name())
            .register(meters);
      }
    }
    AgeGauge.register(
        meters,
        "tenantry.directory.age",
        "Time since the directory of tenants last followed the database.",
        directory,
        known -> known.lastRefreshed().map(AgeGauge::since));
    Gauge.builder("tenantry.ready", serving, health -> health.serves() ? 1 : 0)
        .description("1 when this instance can serve, else 0.")
        .register(meters);
  }
}

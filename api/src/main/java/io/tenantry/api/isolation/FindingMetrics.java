package io.tenantry.api.isolation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tenantry.api.isolation.IsolationState.Check;
import io.tenantry.api.metrics.AgeGauge;
import io.tenantry.tenancy.finding.FindingCode;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What was found, and how long ago all was looked at. */
@Component
class FindingMetrics implements MeterBinder {

  private final IsolationState state;
  private final IsolationWatch watch;

  FindingMetrics(IsolationState state, IsolationWatch watch) {
    this.state = state;
    this.watch = watch;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    for (FindingCode code : FindingCode.values()) {
      Gauge.builder("tenantry.findings", state, known -> count(known, code))
          .description("Findings of the last looks, by code.")
          .tag("code", code.id())
          .register(meters);
    }
    AgeGauge.register(
        meters,
        "tenantry.catalog.scan.age",
        "Time since every tenant's catalog was last looked at.",
        watch,
        watching -> watching.lastFull().map(AgeGauge::since));
  }

  private static double count(IsolationState state, FindingCode code) {
    return Stream.of(Check.values())
        .flatMap(check -> state.last(check).stream())
        .flatMap(look -> look.findings().stream())
        .filter(finding -> finding.code() == code)
        .count();
  }
}

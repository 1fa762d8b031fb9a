package io.tenantry.migrations.drift;

import java.time.Duration;
import java.util.List;

/**
 * What a check of all tenants has found. Immutable.
 *
 * @param results one for each schema of the registry, in the order of the tenants' ids
 * @param took how long it took
 */
public record DriftReport(List<DriftResult> results, Duration took) {

  public DriftReport {
    results = List.copyOf(results);
  }

  /** Those of a state, in order. */
  public List<DriftResult> in(DriftState state) {
    return results.stream().filter(result -> result.state() == state).toList();
  }

  /** Whether every schema was looked at and is what it should be. */
  public boolean clean() {
    return results.stream()
        .allMatch(result -> result.state() == DriftState.SAME || result.state() == DriftState.GONE);
  }
}

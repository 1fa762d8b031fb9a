package io.tenantry.api.metrics;

import java.util.List;
import java.util.Map;

/** What is measured of the live proof of isolation. */
final class ProberMetrics {

  private ProberMetrics() {}

  static List<Metric> all() {
    return List.of(
        new Metric(
            "tenantry_prober_looks_total",
            "counter",
            "looks",
            Map.of("outcome", "`clean`, `finding`, `skipped`"),
            "Looks at the canaries, by what came of them.",
            "`finding`: this instance serves nobody; read /admin/v1/isolation. Steadily `skipped`:"
                + " no canaries, no database, or a pool that is full."),
        new Metric(
            "tenantry_prober_age_seconds",
            "gauge",
            "seconds",
            Map.of(),
            "Time since a look at the canaries last came to its end.",
            "Above a few times `tenantry.prober.interval`: as for `skipped`. Above six times, and"
                + " at least 60 s, the instance is not ready. Not a number: none has yet."),
        new Metric(
            "tenantry_prober_duration_seconds",
            "summary",
            "seconds",
            Map.of(),
            "How long a look at the canaries took.",
            "Slow: the database or the network, as for tenantry_checkout_seconds."),
        new Metric(
            "tenantry_prober_duration_seconds_max",
            "gauge",
            "seconds",
            Map.of(),
            "The slowest of the last minutes.",
            "As above."));
  }
}

package io.tenantry.api.metrics;

import java.util.Map;

/**
 * One metric as a scrape shows it.
 *
 * @param name in the form of Prometheus
 * @param kind {@code counter}, {@code gauge}, {@code histogram} or {@code summary}
 * @param unit of its value
 * @param labels each with the values that it can have; a closed set
 * @param meaning what it says
 * @param action what to do when it is not as it should be
 */
public record Metric(
    String name,
    String kind,
    String unit,
    Map<String, String> labels,
    String meaning,
    String action) {}

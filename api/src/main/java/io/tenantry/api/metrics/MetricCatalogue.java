package io.tenantry.api.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every metric of ours, and those of libraries that operators look at. A test compares it with a
 * scrape, both ways, and writes docs/metrics.md from it.
 */
public final class MetricCatalogue {

  private static final String ROUTE =
      "templates of routes, such as `/v1/orders/{id}`; `NOT_FOUND` and `/**` for all unknown paths,"
          + " `UNKNOWN` for what was refused before a route was looked for";

  /** In the order of the page. */
  public static final List<Metric> ALL =
      Stream.of(requests(), DatabaseMetrics.all(), ProberMetrics.all())
          .flatMap(List::stream)
          .toList();

  private MetricCatalogue() {}

  private static List<Metric> requests() {
    return List.of(
        new Metric(
            "http_server_requests_seconds",
            "histogram",
            "seconds",
            Map.of(
                "method", "the methods of HTTP; `UNKNOWN` for all others",
                "uri", ROUTE,
                "status", "status codes",
                "outcome", "`SUCCESS`, `CLIENT_ERROR`, `SERVER_ERROR` and the like",
                "exception", "`none`, or the simple name of a class",
                "error", "the same"),
            "Requests and how long they took.",
            "Many of 5xx: see tenantry_refusals_total for the codes. Slow ones of all routes: the"
                + " database; of one route: its query."),
        new Metric(
            "http_server_requests_seconds_max",
            "gauge",
            "seconds",
            Map.of(
                "method", "as above",
                "uri", "as above",
                "status", "as above",
                "outcome", "as above",
                "exception", "as above",
                "error", "as above"),
            "The slowest of the last minutes.",
            "As above."),
        new Metric(
            "tenantry_catalog_scan_age_seconds",
            "gauge",
            "seconds",
            Map.of(),
            "Time since every tenant's catalog was last looked at; not a number before that.",
            "Above twice tenantry.safety.scan-interval: the look fails; see the log."),
        new Metric(
            "tenantry_findings",
            "gauge",
            "findings",
            Map.of("code", "the codes of docs/findings.md"),
            "What isolation relies on and is not so, as last looked at.",
            "Above 0: run `tenantry doctor` and mend what it names. While one is unsafe the"
                + " instance serves nothing."),
        new Metric(
            "tenantry_directory_age_seconds",
            "gauge",
            "seconds",
            Map.of(),
            "Time since this instance last read which tenants there are.",
            "Above 5: changes of state are felt late. Above 30 the instance is not ready: see its"
                + " log and the database."),
        new Metric(
            "tenantry_ready",
            "gauge",
            "1 or 0",
            Map.of(),
            "Whether this instance can serve: the database answers, the directory follows, and"
                + " tenants were lately seen to be kept apart.",
            "0 on one instance: its network; on all: the database, or /admin/v1/isolation."),
        new Metric(
            "tenantry_refusals_total",
            "counter",
            "requests",
            Map.of("code", "the codes of the error catalogue"),
            "Requests that were refused, by the code that was answered.",
            "`internal`: look for the request id in the log, and report it. `pool_exhausted`:"
                + " more connections, or a tenant that takes too many. `database_unavailable`:"
                + " the database."),
        new Metric(
            "tenantry_tenants",
            "gauge",
            "tenants",
            Map.of("state", "the states of a tenant but `PURGED`"),
            "Tenants by state, as this instance knows them.",
            "`FAILED` above 0: read the operation's error, mend it, retry. `PROVISIONING` that"
                + " does not go down: the provisioner."));
  }

  /** The page for operators. */
  public static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Metrics

            Written from `MetricCatalogue` by a test; change that, not this page. `GET
            /actuator/prometheus` on the management port shows them, beside those of the JVM
            (`jvm_*`, `process_*`, `system_*`) and the web server (`tomcat_*`). No label carries a
            tenant, an id, a path or a client, so the number of series does not grow with use.

            | name | kind | unit | labels | says | what to do |
            |---|---|---|---|---|---|
            """);
    for (Metric metric : ALL) {
      page.append("| `")
          .append(metric.name())
          .append("` | ")
          .append(metric.kind())
          .append(" | ")
          .append(metric.unit())
          .append(" | ")
          .append(labels(metric))
          .append(" | ")
          .append(metric.meaning())
          .append(" | ")
          .append(metric.action())
          .append(" |\n");
    }
    return page.toString();
  }

  private static String labels(Metric metric) {
    return new TreeMap<>(metric.labels())
        .entrySet().stream()
            .map(label -> "`" + label.getKey() + "`: " + label.getValue())
            .collect(Collectors.joining("; "));
  }
}

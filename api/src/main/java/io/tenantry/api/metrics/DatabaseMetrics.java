package io.tenantry.api.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is measured on the way to the database. */
final class DatabaseMetrics {

  private static final Map<String, String> POOL =
      Map.of("pool", "`serving` for tenants' requests, `control` for the platform's own tables");

  private DatabaseMetrics() {}

  static List<Metric> all() {
    List<Metric> all = new ArrayList<>();
    timer(
        all,
        "tenantry_checkout_seconds",
        Map.of(),
        "From asking for a connection to being inside the tenant's transaction.",
        "Slow with hikaricp_connections_pending above 0: the pool is too small, or its connections"
            + " are held too long. Slow without: the database or the network.");
    timer(
        all,
        "tenantry_connections_turn_seconds",
        Map.of(),
        "Waiting until a tenant has fewer connections than it may have at once.",
        "Slow: some tenant is at its limit; only its own requests wait.");
    all.add(
        new Metric(
            "tenantry_connections_evicted_total",
            "counter",
            "connections",
            Map.of(),
            "Connections thrown away because nobody knows what state they are in.",
            "A few when the database restarts. Steadily: see the log for checkouts refused; keys or"
                + " clocks."));
    all.add(
        new Metric(
            "tenantry_transaction_retries_total",
            "counter",
            "transactions",
            Map.of("reason", "`serialization`, `deadlock`, `version`"),
            "Transactions begun again because another one was in their way.",
            "Many of `deadlock`: two kinds of requests take the same rows in different order;"
                + " report it."));
    all.add(
        new Metric(
            "tenantry_statements_refused_total",
            "counter",
            "statements",
            Map.of("reason", "`several`, `kind`, `escape`, `unreadable`"),
            "Statements that a tenant's connection did not send.",
            "Above 0: a bug of ours, or an attack; the log has each one's shape and request."));
    timer(
        all,
        "hikaricp_connections_acquire_seconds",
        POOL,
        "Waiting for a connection of the pool.",
        "As for tenantry_checkout_seconds.");
    timer(
        all,
        "hikaricp_connections_creation_seconds",
        POOL,
        "Opening a connection.",
        "Slow: the database's logins, TLS, the network.");
    timer(
        all,
        "hikaricp_connections_usage_seconds",
        POOL,
        "How long a connection was away from the pool.",
        "Slow: long transactions; look at slow routes.");
    gauge(all, "hikaricp_connections", "Connections that there are.");
    gauge(all, "hikaricp_connections_active", "Connections in use.");
    gauge(all, "hikaricp_connections_idle", "Connections that wait for work.");
    gauge(all, "hikaricp_connections_max", "The pool's size.");
    gauge(all, "hikaricp_connections_min", "Connections that are kept open.");
    gauge(all, "hikaricp_connections_pending", "Requests that wait for a connection.");
    all.add(
        new Metric(
            "hikaricp_connections_timeout_total",
            "counter",
            "requests",
            POOL,
            "Requests that waited for a connection in vain.",
            "Above 0: see `pool_exhausted` and `deadline_exceeded` in tenantry_refusals_total."));
    return all;
  }

  private static void timer(
      List<Metric> all, String name, Map<String, String> labels, String meaning, String action) {
    all.add(new Metric(name, "summary", "seconds", labels, meaning, action));
    all.add(
        new Metric(
            name + "_max",
            "gauge",
            "seconds",
            labels,
            "The slowest of the last minutes.",
            "As above."));
  }

  private static void gauge(List<Metric> all, String name, String meaning) {
    all.add(
        new Metric(
            name,
            "gauge",
            "connections",
            POOL,
            meaning,
            "All in use and some pending for long: more connections, or fewer slow requests."));
  }
}

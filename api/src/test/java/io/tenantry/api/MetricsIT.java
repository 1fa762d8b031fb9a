package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.api.metrics.Metric;
import io.tenantry.api.metrics.MetricCatalogue;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsIT {

  private static final String[] OURS = {"tenantry_", "hikaricp_", "http_server_"};
  private static final String MISSING = "/v1/orders/00000000-0000-7000-8000-000000000000";

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());

  @Test
  void whatIsScrapedIsWhatTheCatalogueSays() {
    api.get("/v1/tenant").token(acme).send().is(200);
    api.get(MISSING).token(acme).send().is(404);

    Scrape scrape = Scrape.of(api);

    assertThat(scrape.kinds().keySet())
        .filteredOn(name -> Stream.of(OURS).anyMatch(name::startsWith))
        .containsExactlyInAnyOrderElementsOf(
            MetricCatalogue.ALL.stream().map(Metric::name).toList());
    for (Metric metric : MetricCatalogue.ALL) {
      assertThat(scrape.kinds().get(metric.name())).as(metric.name()).isEqualTo(metric.kind());
      assertThat(scrape.labels().get(metric.name()))
          .as(metric.name())
          .containsExactlyInAnyOrderElementsOf(metric.labels().keySet());
    }
  }

  @Test
  void theNumberOfSeriesDoesNotGrowWithWhatCallersSend() {
    oneOfEachKind("first");
    int before = Scrape.of(api).series().size();

    for (int i = 0; i < 250; i++) {
      oneOfEachKind(UUID.randomUUID().toString());
    }
    for (int i = 0; i < 50; i++) {
      api.call("BAD" + i, "/v1/tenant").token(acme).send();
    }

    Scrape scrape = Scrape.of(api);
    // New pairs of route and status may come: each with its buckets, and there are few pairs.
    assertThat(scrape.series().size() - before).isLessThan(60);
    assertThat(String.join("\n", scrape.series()))
        .contains("uri=\"/v1/orders/{id}\"")
        .doesNotContain("BAD1", "made-up", platform.acme().id().toString(), "acme", "somebody");
  }

  @Test
  void refusalsAreCountedByTheirCodeAndTenantsByTheirState() {
    double before = value("tenantry_refusals_total{code=\"not_found\"}");

    api.get(MISSING).token(acme).send().is(404);

    assertThat(value("tenantry_refusals_total{code=\"not_found\"}")).isEqualTo(before + 1);
    assertThat(value("tenantry_tenants{state=\"ACTIVE\"}")).isGreaterThanOrEqualTo(2);
    assertThat(value("tenantry_directory_age_seconds")).isBetween(0.0, 30.0);
    assertThat(value("tenantry_ready")).isEqualTo(1);
  }

  @Test
  void refusalsOfPostsWithAKeyAreCountedToo() {
    String series = "tenantry_refusals_total{code=\"not_found\"}";
    String key = UUID.randomUUID().toString();
    double before = value(series);

    for (int sent = 1; sent <= 3; sent++) {
      api.call("POST", MISSING + "/cancel")
          .token(acme)
          .header("Idempotency-Key", key)
          .send()
          .is(404);
      assertThat(value(series)).isEqualTo(before + sent);
    }
  }

  /** A path, an id under two routes, and a query, none of which was there before. */
  private void oneOfEachKind(String word) {
    api.get("/made-up/" + word).send().is(404);
    api.get("/v1/made-up-" + word).token(acme).send().is(404);
    api.get(
            "/v1/orders/"
                + UUID.nameUUIDFromBytes(word.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .token(acme)
        .send();
    api.get("/v1/orders?symbol=" + word).send().is(401);
  }

  private double value(String series) {
    List<String> lines = Scrape.of(api).series();
    return lines.stream()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}

package io.tenantry.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.GeneratedFile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The page is what the catalogue says; {@code make docs} writes it anew. */
class MetricCatalogueTest {

  @Test
  void thePageSaysWhatTheCatalogueSays() throws IOException {
    GeneratedFile.of("docs/metrics.md").mustBe(MetricCatalogue.page());
  }

  @Test
  void everyMetricHasANameOfItsOwnAndAWayOut() {
    assertThat(MetricCatalogue.ALL).extracting(Metric::name).doesNotHaveDuplicates();
    assertThat(MetricCatalogue.ALL).allSatisfy(metric -> assertThat(metric.action()).isNotBlank());
  }
}

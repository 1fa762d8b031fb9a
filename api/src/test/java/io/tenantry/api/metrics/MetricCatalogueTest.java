package io.tenantry.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The page is what the catalogue says. After a change: run with {@code
 * -Dtest.argLine=-Ddocs.write=true} and commit the page.
 */
class MetricCatalogueTest {

  private static final Path PAGE = Path.of("..", "docs", "metrics.md");

  @Test
  void thePageSaysWhatTheCatalogueSays() throws IOException {
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, MetricCatalogue.page(), StandardCharsets.UTF_8);
    }
    assertThat(Files.readString(PAGE, StandardCharsets.UTF_8)).isEqualTo(MetricCatalogue.page());
  }

  @Test
  void everyMetricHasANameOfItsOwnAndAWayOut() {
    assertThat(MetricCatalogue.ALL).extracting(Metric::name).doesNotHaveDuplicates();
    assertThat(MetricCatalogue.ALL).allSatisfy(metric -> assertThat(metric.action()).isNotBlank());
  }
}

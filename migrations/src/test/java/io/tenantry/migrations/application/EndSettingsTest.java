package io.tenantry.migrations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class EndSettingsTest {

  @Test
  void nothingIsPurgedUnlessAskedFor() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new EndSettings(
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                false,
                Duration.ofMinutes(10),
                Duration.ofDays(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "felt-within,-1s",
    "felt-within,61s",
    "longest-drain,61m",
    "purge-interval,0s",
    "purge-interval,25h",
    "least-retention,-1s",
    "least-retention,31d"
  })
  void anAmountOutOfItsRangeIsRefusedByName(String name, String value) {
    assertThatThrownBy(() -> bind(Map.of("tenantry.end." + name, value)))
        .rootCause()
        .hasMessageContaining("tenantry.end." + name);
  }

  private static EndSettings bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("tenantry.end", EndSettings.class);
  }
}

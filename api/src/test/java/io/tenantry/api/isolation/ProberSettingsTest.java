package io.tenantry.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProberSettingsTest {

  @Test
  void itLooksEveryTenSecondsUnlessTold() {
    assertThat(bind(Map.of())).isEqualTo(new ProberSettings(true, Duration.ofSeconds(10)));
    assertThat(bind(Map.of("tenantry.prober.enabled", "false", "tenantry.prober.interval", "1h")))
        .isEqualTo(new ProberSettings(false, Duration.ofHours(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"999ms", "0s", "3601s"})
  void anIntervalOutOfRangeIsRefusedByNameAndValue(String interval) {
    assertThatThrownBy(() -> bind(Map.of("tenantry.prober.interval", interval)))
        .hasStackTraceContaining("tenantry.prober.interval is")
        .hasStackTraceContaining("it takes 1 s to 1 h");
  }

  private static ProberSettings bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("tenantry.prober", ProberSettings.class);
  }
}

package io.tenantry.persistence.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class IdempotencySettingsTest {

  @Test
  void everySettingHasItsDefaultAndIsMapped() {
    assertThat(bind(Map.of()))
        .isEqualTo(new IdempotencySettings(Duration.ofHours(24), Duration.ofMinutes(10)));
    assertThat(
            bind(
                Map.of(
                    "tenantry.idempotency.retention", "2h",
                    "tenantry.idempotency.sweep-interval", "3s")))
        .isEqualTo(new IdempotencySettings(Duration.ofHours(2), Duration.ofSeconds(3)));
  }

  @ParameterizedTest
  @CsvSource({
    "tenantry.idempotency.retention,59s",
    "tenantry.idempotency.retention,31d",
    "tenantry.idempotency.sweep-interval,0s",
    "tenantry.idempotency.sweep-interval,2d"
  })
  void aSettingOutOfItsRangeIsRefusedByName(String name, String value) {
    assertThatThrownBy(() -> bind(Map.of(name, value)))
        .isInstanceOf(BindException.class)
        .rootCause()
        .hasMessageContaining(name);
  }

  private static IdempotencySettings bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("tenantry.idempotency", IdempotencySettings.class);
  }
}

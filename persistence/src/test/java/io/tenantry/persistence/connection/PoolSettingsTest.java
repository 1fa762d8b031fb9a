package io.tenantry.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PoolSettingsTest {

  private static PoolSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("tenantry.pool", PoolSettings.class);
  }

  @Test
  void nothingSaidMeansTheDefaults() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new PoolSettings(
                8,
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2)));
  }

  @Test
  void eachPropertyHasItsPlace() {
    Map<String, String> said =
        Map.of(
            "tenantry.pool.size", "3",
            "tenantry.pool.connection-timeout", "4s",
            "tenantry.pool.max-lifetime", "5m",
            "tenantry.pool.statement-timeout", "6s",
            "tenantry.pool.lock-timeout", "7s");
    assertThat(bind(said))
        .isEqualTo(
            new PoolSettings(
                3,
                Duration.ofSeconds(4),
                Duration.ofMinutes(5),
                Duration.ofSeconds(6),
                Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @CsvSource({
    "size, 0, 1 to 1000",
    "size, 1001, 1 to 1000",
    "connection-timeout, 249ms, 250 to 86400000 ms",
    "connection-timeout, 25h, 250 to 86400000 ms",
    "max-lifetime, 29s, 30000 to 86400000 ms",
    "max-lifetime, 25h, 30000 to 86400000 ms",
    "statement-timeout, 0ms, 1 to 86400000 ms",
    "statement-timeout, 30d, 1 to 86400000 ms",
    "lock-timeout, -1ms, 1 to 86400000 ms",
    "lock-timeout, 30d, 1 to 86400000 ms"
  })
  void whatCannotWorkIsRefusedNamingTheSettingAndWhatItTakes(
      String name, String value, String accepted) {
    assertThatThrownBy(() -> bind(Map.of("tenantry.pool." + name, value)))
        .rootCause()
        .hasMessageStartingWith("tenantry.pool." + name + " is ")
        .hasMessageEndingWith("it takes " + accepted + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "size, 1",
    "size, 1000",
    "connection-timeout, 250ms",
    "max-lifetime, 30s",
    "statement-timeout, 1ms",
    "statement-timeout, 24h",
    "lock-timeout, 1ms"
  })
  void whatStandsAtTheLimitsIsAccepted(String name, String value) {
    assertThat(bind(Map.of("tenantry.pool." + name, value))).isNotNull();
  }
}

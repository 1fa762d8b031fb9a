package io.tenantry.api.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PlatformSettingsTest {

  @Test
  void everySettingHasItsDefault() {
    assertThat(bind("tenantry.control", ControlSettings.class, Map.of()))
        .isEqualTo(new ControlSettings(4, Duration.ofSeconds(3), Duration.ofSeconds(2)));
  }

  @Test
  void everySettingIsMapped() {
    assertThat(
            bind(
                "tenantry.control",
                ControlSettings.class,
                Map.of(
                    "tenantry.control.pool-size", "2",
                    "tenantry.control.connection-timeout", "1s",
                    "tenantry.control.directory-interval", "500ms")))
        .isEqualTo(new ControlSettings(2, Duration.ofSeconds(1), Duration.ofMillis(500)));
  }

  @Test
  void theSlugOfAPurgedTenantIsOutOfUseForAMonthUnlessSaid() {
    assertThat(bind("tenantry.tenants", TenantSettings.class, Map.of()).slugQuarantine())
        .isEqualTo(Duration.ofDays(30));
    for (String wrong : List.of("-1s", "3651d")) {
      assertThatThrownBy(
              () ->
                  bind(
                      "tenantry.tenants",
                      TenantSettings.class,
                      Map.of("tenantry.tenants.slug-quarantine", wrong)))
          .rootCause()
          .hasMessageContaining("tenantry.tenants.slug-quarantine");
    }
  }

  /** The promise is 5 s, and the look itself takes time as well. */
  @Test
  void theLongestDirectoryIntervalLeavesTimeForTheLook() {
    assertThat(
            bind(
                    "tenantry.control",
                    ControlSettings.class,
                    Map.of("tenantry.control.directory-interval", "4s"))
                .directoryInterval())
        .isEqualTo(Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @CsvSource({
    "tenantry.control.pool-size,1",
    "tenantry.control.connection-timeout,1ms",
    "tenantry.control.directory-interval,99ms",
    "tenantry.control.directory-interval,4001ms",
    "tenantry.control.directory-interval,5s"
  })
  void aSettingOutOfItsRangeIsRefusedByName(String name, String value) {
    assertThatThrownBy(() -> bind("tenantry.control", ControlSettings.class, Map.of(name, value)))
        .isInstanceOf(BindException.class)
        .rootCause()
        .hasMessageContaining(name);
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
  }
}

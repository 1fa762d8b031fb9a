package io.tenantry.api.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
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
    assertThat(bind("tenantry.database", DatabaseSettings.class, Map.of()))
        .isEqualTo(new DatabaseSettings("127.0.0.1", 5432, "tenantry", "prefer"));
    assertThat(bind("tenantry.credentials", CredentialSettings.class, Map.of()))
        .isEqualTo(new CredentialSettings(Path.of(".tenantry/secrets")));
    assertThat(bind("tenantry.control", ControlSettings.class, Map.of()))
        .isEqualTo(new ControlSettings(4, Duration.ofSeconds(3), Duration.ofSeconds(2)));
  }

  @Test
  void everySettingIsMapped() {
    assertThat(
            bind(
                "tenantry.database",
                DatabaseSettings.class,
                Map.of(
                    "tenantry.database.host", "db",
                    "tenantry.database.port", "6432",
                    "tenantry.database.name", "d",
                    "tenantry.database.ssl-mode", "verify-full")))
        .isEqualTo(new DatabaseSettings("db", 6432, "d", "verify-full"));
    assertThat(
            bind(
                "tenantry.credentials",
                CredentialSettings.class,
                Map.of("tenantry.credentials.directory", "/run/secrets")))
        .isEqualTo(new CredentialSettings(Path.of("/run/secrets")));
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

  @ParameterizedTest
  @CsvSource({
    "tenantry.database.ssl-mode,maybe",
    "tenantry.control.pool-size,1",
    "tenantry.control.connection-timeout,1ms",
    "tenantry.control.directory-interval,6s"
  })
  void aSettingOutOfItsRangeIsRefusedByName(String name, String value) {
    String prefix = name.substring(0, name.lastIndexOf('.'));
    Class<?> type =
        prefix.equals("tenantry.database") ? DatabaseSettings.class : ControlSettings.class;

    assertThatThrownBy(() -> bind(prefix, type, Map.of(name, value)))
        .isInstanceOf(BindException.class)
        .rootCause()
        .hasMessageContaining(name);
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
  }
}

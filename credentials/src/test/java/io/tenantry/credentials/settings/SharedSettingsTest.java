package io.tenantry.credentials.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.credentials.DatabaseAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SharedSettingsTest {

  @Test
  void everySettingHasItsDefault() {
    assertThat(bind("tenantry.database", DatabaseSettings.class, Map.of()))
        .isEqualTo(new DatabaseSettings("127.0.0.1", 5432, "tenantry", "prefer"));
    assertThat(bind("tenantry.credentials", CredentialSettings.class, Map.of()))
        .isEqualTo(new CredentialSettings(Path.of(".tenantry/secrets")));
    assertThat(bind("tenantry.capability", CapabilitySettings.class, Map.of()))
        .isEqualTo(new CapabilitySettings(Duration.ofSeconds(4)));
  }

  @Test
  void everySettingIsMapped() {
    Map<String, String> database =
        Map.of(
            "tenantry.database.host", "db",
            "tenantry.database.port", "6432",
            "tenantry.database.name", "d",
            "tenantry.database.ssl-mode", "verify-full");
    assertThat(bind("tenantry.database", DatabaseSettings.class, database).address())
        .isEqualTo(new DatabaseAddress("db", 6432, "d", "verify-full"));
    assertThat(
            bind(
                "tenantry.credentials",
                CredentialSettings.class,
                Map.of("tenantry.credentials.directory", "/run/secrets")))
        .isEqualTo(new CredentialSettings(Path.of("/run/secrets")));
    assertThat(
            bind(
                "tenantry.capability",
                CapabilitySettings.class,
                Map.of("tenantry.capability.lifetime", "2s")))
        .isEqualTo(new CapabilitySettings(Duration.ofSeconds(2)));
  }

  @Test
  void anSslModeThatTheDriverDoesNotKnowIsRefusedByName() {
    assertThatThrownBy(
            () ->
                bind(
                    "tenantry.database",
                    DatabaseSettings.class,
                    Map.of("tenantry.database.ssl-mode", "maybe")))
        .rootCause()
        .hasMessageContaining("tenantry.database.ssl-mode is maybe");
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
  }
}

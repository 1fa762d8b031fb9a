package io.tenantry.persistence.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.credentials.DatabaseAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PoolerSettingsTest {

  private static final DatabaseAddress DATABASE =
      new DatabaseAddress("db", 5432, "tenantry", "require");

  private static PoolerSettings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("tenantry.pooler", PoolerSettings.class);
  }

  @Test
  void withoutSettingsThereIsNoPooler() {
    assertThat(bind(Map.of())).isEqualTo(PoolerSettings.none());
    assertThat(bind(Map.of()).before(DATABASE)).isEqualTo(DATABASE);
  }

  @Test
  void everyKindIsKnownByTheNameThatTheDocumentationUses() {
    assertThat(bind(Map.of("tenantry.pooler.kind", "pgbouncer")).kind())
        .isEqualTo(PoolerSettings.Kind.PGBOUNCER);
    assertThat(bind(Map.of("tenantry.pooler.kind", "pgbouncer-unprepared")).kind())
        .isEqualTo(PoolerSettings.Kind.PGBOUNCER_UNPREPARED);
    assertThat(bind(Map.of("tenantry.pooler.kind", "none")).present()).isFalse();
  }

  @Test
  void thePoolerStandsOnTheDatabasesHostUnlessSaidOtherwise() {
    assertThat(bind(Map.of("tenantry.pooler.kind", "pgbouncer")).before(DATABASE))
        .isEqualTo(new DatabaseAddress("db", 6432, "tenantry", "require"));
    assertThat(
            bind(Map.of(
                    "tenantry.pooler.kind", "pgbouncer",
                    "tenantry.pooler.host", "pooler",
                    "tenantry.pooler.port", "7432"))
                .before(DATABASE))
        .isEqualTo(new DatabaseAddress("pooler", 7432, "tenantry", "require"));
  }

  @Test
  void aHostOfNoPoolerIsRefused() {
    PoolerSettings settings = bind(Map.of("tenantry.pooler.host", "pooler"));
    assertThatThrownBy(() -> settings.before(DATABASE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "tenantry.pooler.host is pooler, and tenantry.pooler.kind is none; say which pooler is"
                + " there.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536"})
  void aPortThatIsNoneIsRefused(String port) {
    assertThatThrownBy(() -> bind(Map.of("tenantry.pooler.port", port)))
        .rootCause()
        .hasMessage("tenantry.pooler.port is " + port + "; it takes 1 to 65535.");
  }

  @Test
  void anEmptyHostIsRefused() {
    assertThatThrownBy(
            () -> bind(Map.of("tenantry.pooler.kind", "pgbouncer", "tenantry.pooler.host", " ")))
        .rootCause()
        .hasMessageContaining("leave it out");
  }
}

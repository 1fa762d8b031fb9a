package io.tenantry.api.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsSettingsTest {

  @Test
  void originsAreTakenAsABrowserNamesThem() {
    Set<String> origins = Set.of("https://desk.example", "http://127.0.0.1:3000");

    assertThat(new CorsSettings(origins).origins()).isEqualTo(origins);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "https://*",
        "https://*.desk.example",
        "desk.example",
        "null",
        "https://desk.example/",
        "https://Desk.example",
        "https://user@desk.example",
        "file:///desk"
      })
  void whatIsNoOriginIsNamed(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CorsSettings(Set.of(origin)))
        .withMessageContaining("tenantry.cors.origins")
        .withMessageContaining("'" + origin + "'");
  }
}

package io.tenantry.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandaloneSettingsTest {

  @Test
  void everyVariableHasItsDefault() {
    assertThat(StandaloneSettings.from(Map.of()))
        .isEqualTo(new StandaloneSettings(Path.of(".tenantry").toAbsolutePath(), 8080, 8081, 5432));
  }

  @Test
  void everyVariableIsMapped() {
    assertThat(
            StandaloneSettings.from(
                Map.of(
                    "TENANTRY_HOME", "/srv/tenantry",
                    "TENANTRY_PORT", "9080",
                    "TENANTRY_MANAGEMENT_PORT", "9081",
                    "TENANTRY_POSTGRES_PORT", "6432")))
        .isEqualTo(new StandaloneSettings(Path.of("/srv/tenantry"), 9080, 9081, 6432));
  }

  @ParameterizedTest
  @CsvSource({"TENANTRY_PORT,0", "TENANTRY_MANAGEMENT_PORT,x", "TENANTRY_POSTGRES_PORT,65536"})
  void aPortThatIsNoneIsRefusedByName(String variable, String value) {
    assertThatThrownBy(() -> StandaloneSettings.from(Map.of(variable, value)))
        .hasMessageContaining(variable + " is '" + value + "'");
  }
}

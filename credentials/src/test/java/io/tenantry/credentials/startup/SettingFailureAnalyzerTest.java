package io.tenantry.credentials.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tenantry.credentials.settings.DatabaseSettings;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class SettingFailureAnalyzerTest {

  private final SettingFailureAnalyzer analyzer = new SettingFailureAnalyzer();

  @Test
  void aValueOutOfRangeIsToldInTheWordsOfTheSetting() {
    FailureAnalysis analysis =
        analyze(binding(Map.of("tenantry.database.port", "70000", "tenantry.database.name", "d")));
    assertThat(analysis.getDescription())
        .isEqualTo("tenantry.database.port is 70000; it takes 1 to 65535.");
    assertThat(analysis.getAction()).contains("docs/configuration.md");
  }

  @Test
  void aValueThatCannotBeReadIsNamedWithItsVariable() {
    FailureAnalysis analysis = analyze(binding(Map.of("tenantry.database.port", "many")));
    assertThat(analysis.getDescription()).contains("tenantry.database.port is 'many'");
    assertThat(analysis.getAction()).contains("TENANTRY_DATABASE_PORT");
  }

  @Test
  void aRefusedSettingIsToldWithItsWayOut() {
    FailureAnalysis analysis =
        analyze(
            new IllegalStateException(
                new TenantryException(ErrorCode.SETTING_INVALID, "X is wrong.")));
    assertThat(analysis.getDescription()).isEqualTo("X is wrong.");
  }

  @Test
  void otherFailuresAreLeftToOthers() {
    assertThat(analyzer.analyze(new IllegalStateException("x"))).isNull();
    assertThat(analyzer.analyze(new TenantryException(ErrorCode.PORT_TAKEN, "x"))).isNull();
  }

  private FailureAnalysis analyze(Throwable failure) {
    return Objects.requireNonNull(analyzer.analyze(failure));
  }

  private static Throwable binding(Map<String, String> settings) {
    return catchThrowable(
        () ->
            new Binder(new MapConfigurationPropertySource(settings))
                .bind("tenantry.database", DatabaseSettings.class));
  }
}

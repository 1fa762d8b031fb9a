package io.tenantry.credentials.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class UnknownSettingsTest {

  private static final KnownSettings KNOWN =
      KnownSettings.of(
          List.of(
              "tenantry.pool.size",
              "tenantry.pool.max-lifetime",
              "tenantry.http.deadline",
              "tenantry.security.origins*"),
          List.of("TENANTRY_PORT", "TENANTRY_TEST_*"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tenantry.pool.size",
        "tenantry.pool.maxLifetime",
        "tenantry.pool.max_lifetime",
        "tenantry.security.origins",
        "tenantry.security.origins[0]",
        "tenantry.security.origins.a.b",
        "server.port",
        "tenantryish.pool.size"
      })
  void everySpellingThatBindsIsKnown(String property) {
    assertThatCode(() -> check(Map.of(property, "1"), Map.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TENANTRY_POOL_SIZE",
        "TENANTRY_POOL_MAXLIFETIME",
        "TENANTRY_POOL_MAX_LIFETIME",
        "tenantry_pool_size",
        "TENANTRY_SECURITY_ORIGINS_0",
        "TENANTRY_PORT",
        "TENANTRY_TEST_POSTGRES",
        "TENANTRY_SERVICE_HOST",
        "TENANTRY_SERVICE_PORT_HTTP",
        "TENANTRY_PORT_8080_TCP_ADDR",
        "PATH"
      })
  void everyVariableThatIsReadIsKnown(String variable) {
    assertThatCode(() -> check(Map.of(), Map.of(variable, "1"))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "tenantry.pool.sise, tenantry.pool.size",
    "tenantry.pool, tenantry.pool.size",
    "tenantry.pool.size.more, tenantry.pool.size",
    "tenantry.htp.deadline, tenantry.http.deadline",
    "tenantry.pool.max-life-time-x, tenantry.pool.max-lifetime"
  })
  void anUnknownPropertyIsNamedWithTheNearestKnownOne(String property, String nearest) {
    assertRefused(() -> check(Map.of(property, "secret-value"), Map.of()), property, nearest);
  }

  @ParameterizedTest
  @CsvSource({
    "TENANTRY_POOL_SIZ, TENANTRY_POOL_SIZE",
    "TENANTRY_POOLSIZE, TENANTRY_POOL_SIZE",
    "TENANTRY_PORTS, TENANTRY_PORT",
    "tenantry_pool_siz, TENANTRY_POOL_SIZE"
  })
  void anUnknownVariableIsNamedWithTheNearestKnownOne(String variable, String nearest) {
    assertRefused(() -> check(Map.of(), Map.of(variable, "secret-value")), variable, nearest);
  }

  @Test
  void allUnknownOnesAreNamedAtOnce() {
    assertThatThrownBy(
            () ->
                check(
                    Map.of("tenantry.pool.sise", "1", "tenantry.http.deadlin", "1"),
                    Map.of("TENANTRY_PORTS", "1")))
        .hasMessageContaining("tenantry.pool.sise")
        .hasMessageContaining("tenantry.http.deadlin ")
        .hasMessageContaining("TENANTRY_PORTS");
  }

  @Test
  void aVariableIsFoundWithoutASpringContextToo() {
    assertThatCode(() -> UnknownSettings.demandKnown(Map.of("TENANTRY_HOME", "x", "HOME", "y")))
        .doesNotThrowAnyException();
    assertRefused(
        () -> UnknownSettings.demandKnown(Map.of("TENANTRY_HOM", "x")),
        "TENANTRY_HOM ",
        "TENANTRY_HOME");
  }

  @Test
  void twoNamesAreAsFarApartAsTheirChanges() {
    assertThat(EditDistance.between("kitten", "sitting")).isEqualTo(3);
    assertThat(EditDistance.between("", "abc")).isEqualTo(3);
    assertThat(EditDistance.between("same", "same")).isZero();
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable start, String named, String nearest) {
    assertThatThrownBy(start)
        .isInstanceOfSatisfying(
            TenantryException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SETTING_INVALID))
        .hasMessageContaining(named)
        .hasMessageContaining("the nearest is " + nearest + ")")
        .hasMessageNotContaining("secret-value");
  }

  private static void check(Map<String, Object> properties, Map<String, Object> variables) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().remove("systemProperties");
    environment
        .getPropertySources()
        .replace(
            "systemEnvironment",
            new SystemEnvironmentPropertySource("systemEnvironment", variables));
    environment.getPropertySources().addFirst(new MapPropertySource("file", properties));
    new UnknownSettings(KNOWN).postProcessEnvironment(environment, new SpringApplication());
  }
}

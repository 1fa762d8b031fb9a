package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.api.attempts.AttemptSettings;
import io.tenantry.api.http.HttpSettings;
import io.tenantry.api.issuer.IssuerSettings;
import io.tenantry.api.openapi.DocsSettings;
import io.tenantry.api.token.ExternalIssuer;
import io.tenantry.api.token.SecuritySettings;
import io.tenantry.api.tracing.TracingSettings;
import io.tenantry.credentials.logging.LogFormat;
import io.tenantry.credentials.logging.LoggingSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class SettingsTest {

  private static final String TENANT = "0190f3a0-0000-7000-8000-000000000001";
  private static final URI JWKS = URI.create("https://a/jwks");

  @Test
  void everySettingHasItsDefault() {
    assertThat(bind("tenantry.http", HttpSettings.class, Map.of()))
        .isEqualTo(
            new HttpSettings(Duration.ofSeconds(10), DataSize.ofMegabytes(1), true, Duration.ZERO));
    assertThat(bind("tenantry.security", SecuritySettings.class, Map.of()))
        .isEqualTo(new SecuritySettings("tenantry", Duration.ofSeconds(30), List.of()));
    assertThat(bind("tenantry.security", AttemptSettings.class, Map.of()))
        .isEqualTo(new AttemptSettings(10, 300, 60));
    assertThat(bind("tenantry.issuer", IssuerSettings.class, Map.of()))
        .isEqualTo(new IssuerSettings(false, "http://127.0.0.1:8080", Duration.ofMinutes(15)));
    assertThat(bind("tenantry.tracing", TracingSettings.class, Map.of()))
        .isEqualTo(new TracingSettings(null, 0.1));
    assertThat(bind("tenantry.logging", LoggingSettings.class, Map.of()))
        .isEqualTo(new LoggingSettings(LogFormat.AUTO));
    assertThat(bind("tenantry.docs", DocsSettings.class, Map.of()))
        .isEqualTo(new DocsSettings(true));
  }

  @Test
  void everySettingIsMapped() {
    assertThat(
            bind(
                "tenantry.http",
                HttpSettings.class,
                Map.of(
                    "tenantry.http.deadline",
                    "3s",
                    "tenantry.http.max-body",
                    "2KB",
                    "tenantry.http.drain",
                    "2s",
                    "tenantry.http.access-log",
                    "false")))
        .isEqualTo(
            new HttpSettings(
                Duration.ofSeconds(3), DataSize.ofKilobytes(2), false, Duration.ofSeconds(2)));
    assertThat(
            bind(
                "tenantry.security",
                SecuritySettings.class,
                Map.of("tenantry.security.audience", "a", "tenantry.security.clock-skew", "1s")))
        .isEqualTo(new SecuritySettings("a", Duration.ofSeconds(1), List.of()));
    assertThat(
            bind(
                    "tenantry.security",
                    SecuritySettings.class,
                    Map.of(
                        "tenantry.security.issuers[0].uri", "https://a",
                        "tenantry.security.issuers[0].jwks-uri", "https://a/jwks",
                        "tenantry.security.issuers[0].tenants", "any",
                        "tenantry.security.issuers[1].uri", "https://b",
                        "tenantry.security.issuers[1].jwks-uri", "http://[::1]:8080/jwks",
                        "tenantry.security.issuers[1].audience", "ours",
                        "tenantry.security.issuers[1].tenants[0]", TENANT,
                        "tenantry.security.issuers[1].platform", "true"))
                .issuers())
        .containsExactly(
            new ExternalIssuer("https://a", JWKS, null, List.of("any"), false, false),
            new ExternalIssuer(
                "https://b",
                URI.create("http://[::1]:8080/jwks"),
                "ours",
                List.of(TENANT),
                true,
                false));
    assertThat(
            bind(
                "tenantry.security",
                AttemptSettings.class,
                Map.of(
                    "tenantry.security.failed-logins-per-client", "1",
                    "tenantry.security.failed-logins-per-address", "2",
                    "tenantry.security.bad-tokens-per-address", "3")))
        .isEqualTo(new AttemptSettings(1, 2, 3));
    assertThat(
            bind(
                "tenantry.issuer",
                IssuerSettings.class,
                Map.of(
                    "tenantry.issuer.enabled", "true",
                    "tenantry.issuer.uri", "https://id.example",
                    "tenantry.issuer.token-lifetime", "5m")))
        .isEqualTo(new IssuerSettings(true, "https://id.example", Duration.ofMinutes(5)));
    assertThat(
            bind(
                "tenantry.tracing",
                TracingSettings.class,
                Map.of(
                    "tenantry.tracing.endpoint", "http://collector:4318/v1/traces",
                    "tenantry.tracing.sample", "1")))
        .isEqualTo(new TracingSettings("http://collector:4318/v1/traces", 1));
    assertThat(
            bind(
                "tenantry.logging",
                LoggingSettings.class,
                Map.of("tenantry.logging.format", "ecs")))
        .isEqualTo(new LoggingSettings(LogFormat.ECS));
    assertThat(bind("tenantry.docs", DocsSettings.class, Map.of("tenantry.docs.enabled", "false")))
        .isEqualTo(new DocsSettings(false));
  }

  @ParameterizedTest
  @CsvSource({
    "tenantry.security.clock-skew,31s",
    "tenantry.security.clock-skew,-1s",
    "tenantry.security.audience,''",
    "tenantry.http.deadline,0s",
    "tenantry.http.max-body,1B",
    "tenantry.http.drain,11s",
    "tenantry.tracing.endpoint,collector:4318",
    "tenantry.tracing.sample,1.1",
    "tenantry.tracing.sample,NaN",
    "tenantry.issuer.uri,nowhere",
    "tenantry.issuer.uri,http://a/?b",
    "tenantry.issuer.token-lifetime,1s"
  })
  void aSettingOutOfItsRangeIsRefusedByName(String name, String value) {
    Map<String, String> settings = Map.of(name, value);
    String prefix = name.substring(0, name.lastIndexOf('.'));
    Class<?> type =
        switch (prefix) {
          case "tenantry.http" -> HttpSettings.class;
          case "tenantry.tracing" -> TracingSettings.class;
          case "tenantry.security" -> SecuritySettings.class;
          default -> IssuerSettings.class;
        };

    assertThatThrownBy(() -> bind(prefix, type, settings))
        .isInstanceOf(BindException.class)
        .rootCause()
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example/jwks",
        "http://127.0.0.1.example/jwks",
        "http://localhost.example/jwks",
        "file:///etc/jwks.json",
        "classpath:jwks.json",
        "ftp://127.0.0.1/jwks",
        "https://user:secret@issuer.example/jwks",
        "https://user:secret@issuer_1.example/jwks",
        "/jwks"
      })
  void keysAreTakenFromSafePlacesAlone(String address) {
    assertThatThrownBy(
            () ->
                new ExternalIssuer(
                    "https://a", URI.create(address), null, List.of("any"), false, false))
        .hasMessageContaining("jwks-uri")
        .hasMessageNotContaining("secret");
  }

  @Test
  void anIssuerThatMaySpeakForNobodyIsRefused() {
    assertThatThrownBy(
            () ->
                bind(
                    "tenantry.security",
                    SecuritySettings.class,
                    Map.of(
                        "tenantry.security.issuers[0].uri", "https://a",
                        "tenantry.security.issuers[0].jwks-uri", "https://a/jwks")))
        .rootCause()
        .hasMessageContainingAll(
            "tenantry.security.issuers", "https://a", "tenants", "any", "platform=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "*", "", "1-1-1-1-1", "Any"})
  void anIssuerSpeaksForTenantsByTheirIds(String tenant) {
    assertThatThrownBy(
            () -> new ExternalIssuer("https://a", JWKS, null, List.of(tenant), false, false))
        .hasMessageContaining("'" + tenant + "' for https://a");
    assertThatThrownBy(
            () -> new ExternalIssuer("https://a", JWKS, null, List.of(TENANT, "any"), true, false))
        .hasMessageContaining("'any'");
  }

  @Test
  void anIssuersNameHasNoSpaces() {
    assertThatThrownBy(() -> new ExternalIssuer("https://a b", JWKS, null, null, true, false))
        .hasMessageContaining("https://a b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:secret@collector:4318/v1/traces",
        "user:secret@collector",
        "http://user:secret@collector:port/",
        "http://user:sec ret@collector/"
      })
  void aUserAtTheCollectorIsRefusedAndNotShown(String endpoint) {
    assertThatThrownBy(
            () ->
                bind(
                    "tenantry.tracing",
                    TracingSettings.class,
                    Map.of("tenantry.tracing.endpoint", endpoint)))
        .satisfies(
            failure -> {
              for (Throwable each = failure; each != null; each = each.getCause()) {
                assertThat(String.valueOf(each.getMessage())).doesNotContain("sec", "user:");
              }
            })
        .rootCause()
        .hasMessageContaining("tenantry.tracing.endpoint");
  }

  @Test
  void anIssuerIsNamedOnce() {
    ExternalIssuer issuer = new ExternalIssuer("https://a", JWKS, null, null, true, false);

    assertThatThrownBy(
            () -> new SecuritySettings("tenantry", Duration.ZERO, List.of(issuer, issuer)))
        .hasMessageContaining("https://a twice");
  }

  @ParameterizedTest
  @CsvSource({"0,1,1", "10001,1,1", "1,0,1", "1,100001,1", "1,1,0", "1,1,100001"})
  void aNumberOfAttemptsOutOfItsRangeIsRefused(int client, int address, int tokens) {
    assertThatThrownBy(() -> new AttemptSettings(client, address, tokens))
        .hasMessageContaining("tenantry.security.");
  }

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
  }
}

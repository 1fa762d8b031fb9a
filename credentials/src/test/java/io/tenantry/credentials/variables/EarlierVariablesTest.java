package io.tenantry.credentials.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.credentials.settings.DatabaseSettings;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EarlierVariablesTest {

  @Test
  void theyAreTakenWhereNothingOfOursIsSet() {
    assertThat(
            settings(
                Map.of("DATABASE_URL", "postgres://u:p@db:6432/desk?sslmode=require"), Map.of()))
        .isEqualTo(new DatabaseSettings("db", 6432, "desk", "require"));
  }

  @Test
  void oursGoesFirstWhereverItIsSet() {
    Map<String, String> url = Map.of("DATABASE_URL", "postgres://db:6432/desk?sslmode=require");
    assertThat(settings(url, Map.of("tenantry.database.name", "ours")))
        .isEqualTo(new DatabaseSettings("db", 6432, "ours", "require"));
    assertThat(
            settings(
                Map.of(
                    "DATABASE_URL",
                    "postgres://db:6432/desk",
                    "TENANTRY_DATABASE_SSLMODE",
                    "allow"),
                Map.of()))
        .isEqualTo(new DatabaseSettings("db", 6432, "desk", "allow"));
  }

  @Test
  void aHostOfOursDoesNotGetThePortOfAnother() {
    assertThat(
            settings(
                Map.of("DATABASE_URL", "postgres://db:6432/desk"),
                Map.of("tenantry.database.host", "ours")))
        .isEqualTo(new DatabaseSettings("ours", 5432, "desk", "prefer"));
  }

  @Test
  void theKeysOfAJsonDocumentAreTakenToo() {
    assertThat(
            settings(
                Map.of(), Map.of("postgres_url", "postgres://db/d", "postgres_sslmode", "allow")))
        .isEqualTo(new DatabaseSettings("db", 5432, "d", "allow"));
  }

  @Test
  void whenAllIsSaidAVariableForAnotherProgramIsNotEvenRead() {
    Map<String, Object> ours =
        Map.of(
            "tenantry.database.host", "h",
            "tenantry.database.name", "n",
            "tenantry.database.ssl-mode", "disable");
    assertThat(settings(Map.of("DATABASE_URL", "mysql://db/x"), ours))
        .isEqualTo(new DatabaseSettings("h", 5432, "n", "disable"));
    assertThatThrownBy(() -> settings(Map.of("DATABASE_URL", "mysql://db/x"), Map.of()))
        .hasMessageContaining("DATABASE_URL cannot be used");
  }

  @Test
  void userAndPasswordReachNoProperty() {
    StandardEnvironment environment =
        environment(Map.of("DATABASE_URL", "postgres://u:topsecret@db:6432/desk"), Map.of());
    assertThat(environment.getPropertySources().get(EarlierVariables.SOURCE))
        .isInstanceOfSatisfying(
            MapPropertySource.class,
            source ->
                assertThat(source.getSource())
                    .containsOnlyKeys(
                        DatabaseVariables.HOST, DatabaseVariables.PORT, DatabaseVariables.NAME));
  }

  private static DatabaseSettings settings(
      Map<String, String> variables, Map<String, Object> ours) {
    return Binder.get(environment(variables, ours))
        .bindOrCreate("tenantry.database", DatabaseSettings.class);
  }

  private static StandardEnvironment environment(
      Map<String, String> variables, Map<String, Object> ours) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.getPropertySources().remove("systemProperties");
    environment
        .getPropertySources()
        .replace(
            "systemEnvironment",
            new SystemEnvironmentPropertySource("systemEnvironment", Map.copyOf(variables)));
    // Where an application's own defaults stand, below everything else.
    environment.getPropertySources().addLast(new MapPropertySource("defaultProperties", ours));
    new EarlierVariables(Supplier::get)
        .postProcessEnvironment(environment, new SpringApplication());
    return environment;
  }
}

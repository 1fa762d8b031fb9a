package io.tenantry.operations.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTargetTest {

  private static final String SECRET = "aVerySecretSecret";

  @TempDir private Path home;

  @Test
  void theVariablesNameTheApiAndAsWhomItIsAsked() {
    ApiTarget target = target("TENANTRY_API_URL", "https://api.example", "TENANTRY_TOKEN", SECRET);
    assertThat(target.api()).hasToString("https://api.example");
    assertThat(target.login()).isEqualTo(new ApiLogin.Token(SECRET));
    assertThat(
            target(
                    "TENANTRY_API_URL",
                    "http://127.0.0.1:8080/",
                    "TENANTRY_CLIENT_ID",
                    "operator",
                    "TENANTRY_CLIENT_SECRET",
                    SECRET)
                .login())
        .isEqualTo(new ApiLogin.Client("operator", SECRET));
  }

  @Test
  void whereNoneIsNamedItIsTheRunningInstanceAndItsPlatformClient() throws IOException {
    Files.writeString(
        home.resolve("instance.properties"), "api=http\\://127.0.0.1\\:8080\npostgresPort=5432\n");
    Files.createDirectories(home.resolve("secrets"));
    Files.writeString(home.resolve("secrets/client.platform"), SECRET + "\n");
    ApiTarget target = target();
    assertThat(target.api()).hasToString("http://127.0.0.1:8080");
    assertThat(target.login()).isEqualTo(new ApiLogin.Client("platform", SECRET));
    // The local secret is the local issuer's: another API gets none of it.
    assertThatThrownBy(() -> target("TENANTRY_API_URL", "https://api.example"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("as whom");
  }

  @Test
  void nothingSecretIsPrinted() {
    assertThat(target("TENANTRY_API_URL", "https://a.example", "TENANTRY_TOKEN", SECRET).toString())
        .doesNotContain(SECRET);
    assertThat(new ApiLogin.Client("operator", SECRET).toString())
        .contains("operator")
        .doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.example",
        "ftp://api.example",
        "https://me:" + SECRET + "@api.example",
        "https://api.example/admin",
        "https://api.example?token=" + SECRET,
        "http://api.example",
        SECRET + " " + SECRET
      })
  void anApiThatMustNotBeTalkedToIsRefusedWithoutShowingWhatMayBeSecret(String url) {
    assertThatThrownBy(() -> target("TENANTRY_API_URL", url, "TENANTRY_TOKEN", SECRET))
        .isInstanceOfSatisfying(
            CommandFailure.class,
            failure ->
                assertThat(String.join("\n", failure.lines()))
                    .contains("TENANTRY_API_URL", "https://host:port")
                    .doesNotContain(SECRET));
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(this::target).hasMessageContaining("nothing runs from " + home);
    assertThatThrownBy(
            () -> target("TENANTRY_API_URL", "https://a.example", "TENANTRY_CLIENT_ID", "operator"))
        .hasMessageContaining("TENANTRY_CLIENT_SECRET is not set");
    assertThatThrownBy(() -> target("TENANTRY_TOKNE", SECRET))
        .hasMessageContaining("TENANTRY_TOKNE (the nearest is TENANTRY_TOKEN)")
        .hasMessageNotContaining(SECRET);
  }

  private ApiTarget target(String... pairs) {
    Map<String, String> variables = new HashMap<>();
    variables.put("TENANTRY_HOME", home.toString());
    for (int i = 0; i < pairs.length; i += 2) {
      variables.put(pairs[i], pairs[i + 1]);
    }
    return ApiTarget.of(new Surroundings(variables, false));
  }
}

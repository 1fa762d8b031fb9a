package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator reads when a setting is wrong: which one, and what to do; no stack trace. */
class RefusedStartIT {

  @Test
  void settingsThatDoNotExistAreAllNamedWithTheNearest() {
    String output =
        refused(Map.of("TENANTRY_POOL_SISE", "4", "TENANTRY_HTTP_DEADLIN", "topsecret"));
    assertThat(output)
        .contains("TENANTRY_POOL_SISE (the nearest is TENANTRY_POOL_SIZE)")
        .contains("TENANTRY_HTTP_DEADLIN (the nearest is TENANTRY_HTTP_DEADLINE)")
        .contains("docs/configuration.md")
        .doesNotContain("topsecret");
  }

  @Test
  void aValueOutOfRangeIsNamedWithWhatIsTaken() {
    assertThat(refused(Map.of("TENANTRY_POOL_SIZE", "0")))
        .contains("tenantry.pool.size is 0; it takes 1 to 1000.");
  }

  @Test
  void aDatabaseUrlThatCannotBeUsedIsNamedAndNotShown() {
    assertThat(refused(Map.of(Instance.DATABASE_URL, "mysql://trader:topsecret@db/desk")))
        .contains("DATABASE_URL cannot be used")
        .doesNotContain("topsecret");
  }

  private static String refused(Map<String, String> variables) {
    try (Instance instance = Instance.launch(variables)) {
      assertThat(instance.awaitExit()).as(instance.output()).isEqualTo(1);
      assertThat(instance.lines())
          .as("no stack trace")
          .noneMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by:"));
      return instance.output();
    }
  }
}

package io.tenantry.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.credentials.startup.SettingNames;
import io.tenantry.testkit.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about settings, and the list of them that every executable carries. */
class ConfigurationPageTest {

  private static final String RESOURCES =
      "credentials/src/main/resources/io/tenantry/credentials/startup/";

  private static final String HEAD =
      """
      # Configuration

      Written from the settings' own metadata (`ConfigurationPageTest`); change the settings, not this page.

      A property is given as an argument (`--tenantry.pool.size=4`), a system property, an environment variable (last column), or in an
      `application.properties` beside the process, in this order. All executables know all properties, so one file can serve them all;
      one that does not exist stops the start, and so does a value that is not taken. Times are written `250ms`, `10s`, `5m`, sizes `512KB`, `1MB`.

      | property | type | default | takes | meaning | variable |
      |---|---|---|---|---|---|
      """;

  private static final String VARIABLES =
      """

      ## Variables that are no properties

      | variable | default | takes | meaning |
      |---|---|---|---|
      """;

  private static final String EARLIER =
      """

      Variables that Kubernetes makes for services (`*_SERVICE_HOST`, `*_PORT=tcp://..`) are passed over.

      ## Variables of earlier systems

      Where no property of `tenantry.database` is set, these are read, in this order; each value is taken from the first that has it, and a
      host brings its port with it (5432 unless said). The log says at the start which variable a value came from. `make run` brings its own
      database and reads none of them.

      | variable | gives |
      |---|---|
      | `DATABASE_URL`, then `POSTGRES_URL` | host, port, database, `sslmode` |
      | `POSTGRES_HOST`, `POSTGRES_PORT`, `POSTGRES_DB`, `POSTGRES_SSLMODE` | one each |
      | `DB_HOST`, `DB_PORT`, `DB_NAME` | one each |
      | `OPS_DB_HOST`, `OPS_DB_PORT`, `OPS_DB_NAME` | one each |

      A URL is `postgres://`, `postgresql://`, `postgresql+driver://` or `jdbc:postgresql://`, percent-encoded, an IPv6 address in brackets; `ssl` is
      understood beside `sslmode`. A JSON document with the keys `postgres_url` and `postgres_sslmode` is taken in `SPRING_APPLICATION_JSON`.
      A variable that is set and cannot be used stops the start. User and password, there and in `POSTGRES_USER`, `DB_USER`, `OPS_DB_USER` and
      the `_PASSWORD` to each, are never logins of a running process: those come from the secrets' folder.
      """;

  @Test
  void thePageSaysWhatTheMetadataSays() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (Setting setting : Setting.all()) {
      row(
          page,
          "`" + setting.name() + "`",
          setting.simpleType(),
          setting.defaultValue() == null ? "" : "`" + setting.defaultValue() + "`",
          setting.range(),
          setting.meaning(),
          "`" + SettingNames.variable(setting.name()) + "`");
    }
    page.append(VARIABLES);
    for (String line : Files.readAllLines(Path.of("..", RESOURCES, "variables.txt"))) {
      String[] parts = line.split("\\|", -1);
      if (parts.length == 4 && !line.startsWith("#")) {
        String standard = parts[1].strip();
        row(
            page,
            "`" + parts[0].strip() + "`",
            standard.isEmpty() ? "" : "`" + standard + "`",
            parts[2].strip(),
            parts[3].strip());
      }
    }
    page.append(EARLIER);
    GeneratedFile.of("docs/configuration.md").mustBe(page.toString());
  }

  private static void row(StringBuilder page, String... cells) {
    page.append("| ");
    for (String cell : cells) {
      page.append(cell.replace("|", "\\|")).append(" | ");
    }
    page.setLength(page.length() - 1);
    page.append('\n');
  }

  @Test
  void theListThatEveryExecutableCarriesHasEveryProperty() throws IOException {
    StringBuilder list =
        new StringBuilder("# Every property of every executable; written by make docs.\n");
    for (Setting setting : Setting.all()) {
      list.append(setting.name()).append(setting.hasManyValues() ? "*\n" : "\n");
    }
    GeneratedFile.of(RESOURCES + "properties.txt").mustBe(list.toString());
  }

  static List<Setting> settings() {
    return Setting.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void everyPropertySaysWhatItMeansAndAnAmountWhatItTakes(Setting setting) {
    assertThat(setting.description()).as("the @param of %s", setting.name()).isNotBlank();
    if (setting.isAmount()) {
      assertThat(setting.range())
          .as("the @param of %s says '1 to 9', 'above 0' or 'at least 3 s'", setting.name())
          .isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void theDocumentedDefaultIsWhatBindingGives(Setting setting) {
    Object bound = BoundSetting.of(setting).standard();
    if (setting.defaultValue() == null) {
      assertThat(BoundSetting.isNothing(bound)).as("%s of %s", bound, setting.name()).isTrue();
    } else {
      assertThat(bound)
          .isEqualTo(
              BoundSetting.of(setting).property(Objects.requireNonNull(setting.defaultValue())));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void aChangedValueIsTakenAsAPropertyAndAsAVariable(Setting setting) {
    BoundSetting bound = BoundSetting.of(setting);
    String changed = bound.otherValue();
    assertThat(bound.property(changed)).isNotEqualTo(bound.standard());
    assertThat(bound.variable(changed)).isEqualTo(bound.property(changed));
  }
}

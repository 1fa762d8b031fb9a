package io.tenantry.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedPostgresSettingsTest {
  private final EmbeddedPostgresSettings settings =
      EmbeddedPostgresSettings.in(Path.of("/var/x/postgres"));

  @Test
  void theDefaultsAreThoseOfARunOnAFreshMachine() {
    assertThat(settings.port()).isEqualTo(PortChoice.preferred(5432));
    assertThat(settings.binariesCache()).isEqualTo(Path.of("/var/x/binaries"));
    assertThat(settings.installedBinaries()).isEmpty();
    assertThat(settings.serverSettings()).isEmpty();
    assertThat(settings.startTimeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @ParameterizedTest
  @CsvSource({
    "fsync,off",
    "fsync,of",
    "fsync,0",
    "full_page_writes,false",
    "synchronous_commit,OFF",
    "synchronous_commit,no",
  })
  void durabilityCannotBeSwitchedOffInAnySpelling(String name, String value) {
    assertThatThrownBy(() -> settings.withServerSettings(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port",
        "listen_addresses",
        "unix_socket_directories",
        "password_encryption",
        "hba_file",
        "include",
        "Fsync",
        "a b",
        "x = 1\nfsync",
      })
  void whatTheLauncherDecidesCannotBeSet(String name) {
    assertThatThrownBy(() -> settings.withServerSettings(Map.of(name, "1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aValueCannotEscapeItsLine() {
    assertThat(ServerSettings.configuration(Map.of("cluster_name", "it's \\ here")))
        .contains("cluster_name = 'it''s \\\\ here'\n");
    assertThatThrownBy(() -> settings.withServerSettings(Map.of("cluster_name", "a\nfsync = off")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ourDefaultsGiveWayToWhatIsAskedFor() {
    assertThat(ServerSettings.configuration(Map.of()))
        .contains("max_connections = '100'", "timezone = 'UTC'");
    assertThat(ServerSettings.configuration(Map.of("max_connections", "300")))
        .contains("max_connections = '300'")
        .doesNotContain("'100'");
  }

  @Test
  void aFolderAShellWouldMisreadIsRefused() {
    assertThatThrownBy(() -> EmbeddedPostgresSettings.in(Path.of("/var/$(id)/postgres")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("$(id)");
  }

  @Test
  void aPortOutOfRangeIsRefusedAndZeroMeansAnyFreeOne() {
    assertThat(PortChoice.preferred(0)).isEqualTo(PortChoice.anyFree());
    assertThatThrownBy(() -> PortChoice.exactly(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PortChoice.preferred(65_536))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(PortChoice.preferred(65_530).last()).isEqualTo(65_535);
  }
}

package io.tenantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenServerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://admin:s%40cr+t@db.example:6000/postgres",
        "postgresql://admin:s%40cr+t@db.example:6000",
        "jdbc:postgresql://db.example:6000/postgres?user=admin&password=s%40cr+t",
      })
  void readsBothKindsOfUrl(String url) {
    assertThat(GivenServer.parse(url))
        .isEqualTo(new GivenServer("db.example", 6000, "admin", "s@cr+t"));
  }

  @Test
  void thePortIsPostgresqlsOwnWhenNoneIsGiven() {
    assertThat(GivenServer.parse("postgres://a:b@localhost/").port()).isEqualTo(5432);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker",
        "http://admin:hushhush@host/",
        "postgres://admin@host/",
        "postgres://a b:hushhush@host/",
      })
  void refusesAnythingElseWithoutShowingThePassword(String text) {
    assertThatThrownBy(() -> GivenServer.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TENANTRY_TEST_POSTGRES")
        .hasMessageNotContaining("hushhush");
  }

  @Test
  void isNotOursToStopAndKeepsItsPasswordToItself() {
    GivenServer server = new GivenServer("host", 5432, "admin", "hushhush");
    assertThat(server.supportsRestart()).isFalse();
    assertThatThrownBy(server::stop).isInstanceOf(UnsupportedOperationException.class);
    assertThat(server.toString()).doesNotContain("hushhush");
  }

  @Test
  void containersSortTextAsTheEmbeddedServerDoes() {
    assertThat(ContainerServer.initdbArguments("registry.example:5000/postgres:18.1-alpine"))
        .contains("scram-sha-256", "--locale=C", "--builtin-locale=C.UTF-8");
    assertThat(ContainerServer.initdbArguments("postgres:15")).doesNotContain("builtin");
    assertThat(ContainerServer.initdbArguments("registry.example:5000/postgres"))
        .doesNotContain("builtin");
  }
}

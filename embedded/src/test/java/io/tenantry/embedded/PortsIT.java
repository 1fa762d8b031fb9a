package io.tenantry.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsIT {
  @TempDir Path folder;

  @Test
  void aPreferredPortThatIsTakenGivesWayToTheNextFreeOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback())) {
      PortChoice choice = PortChoice.preferred(taken.getLocalPort());
      try (EmbeddedPostgres server =
          EmbeddedPostgres.open(Servers.settings(folder.resolve("postgres")).withPort(choice))) {
        assertThat(server.port()).isBetween(choice.port() + 1, choice.last());
        assertThat(Servers.query(server, "select 1")).isEqualTo("1");
      }
    }
  }

  @Test
  void aPortAskedForThatIsTakenFailsInOneLineAndMakesNothingRun() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, Ports.loopback())) {
      EmbeddedPostgresSettings settings =
          Servers.settings(folder.resolve("postgres"))
              .withPort(PortChoice.exactly(taken.getLocalPort()));
      assertThatThrownBy(() -> EmbeddedPostgres.open(settings))
          .isInstanceOf(EmbeddedPostgresException.class)
          .hasMessageContainingAll("port " + taken.getLocalPort(), "taken")
          .message()
          .hasLineCount(1);
      assertThat(Postmaster.serving(Cluster.dataIn(settings.home()))).isEmpty();
    }
  }

  @Test
  void aListenerOnAllAddressesTakesThePortToo() throws Exception {
    try (ServerSocket everywhere = new ServerSocket(0)) {
      assertThat(Ports.isFree(everywhere.getLocalPort())).isFalse();
    }
  }
}

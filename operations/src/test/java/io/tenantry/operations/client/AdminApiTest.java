package io.tenantry.operations.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tenantry.operations.terminal.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the token goes: to the API, whatever its answers say. */
class AdminApiTest {

  private static final String TOKEN = "aVerySecretToken";

  private HttpServer server;
  private HttpServer stranger;
  private final Queue<String> heardByStranger = new ConcurrentLinkedQueue<>();
  private String location = "";

  @BeforeEach
  void start() throws IOException {
    stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stranger.createContext(
        "/",
        call -> {
          heardByStranger.addAll(call.getRequestHeaders().getOrDefault("Authorization", List.of()));
          call.sendResponseHeaders(204, -1);
          call.close();
        });
    stranger.start();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        call -> {
          call.getResponseHeaders().add("Location", location);
          call.sendResponseHeaders(202, -1);
          call.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    stranger.stop(0);
  }

  @Test
  void theTokenWouldArriveAtWhoeverIsAsked() {
    api(stranger).get("/admin/v1/operations/1");
    assertThat(heardByStranger).containsExactly("Bearer " + TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/admin/v1/operations/1",
        "http://localhost:PORT/admin/v1/operations/1",
        "//127.0.0.1:PORT/admin/v1/operations/1",
        "http://me@127.0.0.1:PORT/",
        "https://127.0.0.1:OWN/admin/v1/operations/1",
        "http://localhost:OWN/admin/v1/operations/1",
        "file:///etc/passwd",
        "http://[",
      })
  void anAnswerDoesNotSendTheTokenElsewhere(String elsewhere) {
    location =
        elsewhere
            .replace("PORT", Integer.toString(stranger.getAddress().getPort()))
            .replace("OWN", Integer.toString(server.getAddress().getPort()));
    AdminApi api = api(server);
    String named = api.get("/admin/v1/tenants/acme").location().orElseThrow();
    assertThatThrownBy(() -> api.get(named))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(location.startsWith("//") ? location.substring(2) : location)
        .hasMessageNotContaining(TOKEN);
    assertThat(heardByStranger).isEmpty();
  }

  @Test
  void thePlaceOfAnOperationMayBeNamedInFull() {
    location = "HTTP://127.0.0.1:" + server.getAddress().getPort() + "/admin/v1/operations/1";
    AdminApi api = api(server);
    String named = api.get("/admin/v1/tenants/acme").location().orElseThrow();
    assertThat(api.get(named).status()).isEqualTo(202);
  }

  private static AdminApi api(HttpServer at) {
    URI url = URI.create("http://127.0.0.1:" + at.getAddress().getPort());
    return new AdminApi(new ApiTarget(url, new ApiLogin.Token(TOKEN)));
  }
}

package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Over a socket: the client of the JDK does not let a test set Origin. */
class CorsIT {

  private static final String LISTED = "https://desk.example";

  private final String acme =
      ApiServer.platform().tokens().tenant(ApiServer.platform().acme().id());

  @Test
  void aListedOriginMayAskAndReadAndNoOther() throws IOException {
    try (ApiServer api = ApiServer.start("tenantry.cors.origins=" + LISTED)) {
      List<String> asked = send(api, "OPTIONS /v1/orders", LISTED, preflight());
      assertThat(asked.getFirst()).startsWith("HTTP/1.1 200");
      assertThat(asked)
          .contains("Access-Control-Allow-Origin: " + LISTED, "X-Content-Type-Options: nosniff")
          .anyMatch(header -> header.matches("Access-Control-Allow-Methods: .*PATCH.*"))
          .anyMatch(header -> header.matches("(?i)Access-Control-Allow-Headers: .*if-match.*"))
          .noneMatch(header -> header.startsWith("Access-Control-Allow-Credentials"));
      List<String> read = send(api, "GET /v1/orders", LISTED, "Authorization: Bearer " + acme);
      assertThat(read.getFirst()).startsWith("HTTP/1.1 200");
      assertThat(read)
          .contains("Access-Control-Allow-Origin: " + LISTED)
          .anyMatch(header -> header.matches("Access-Control-Expose-Headers: .*ETag.*"));
      // A refusal has to be readable too, or the page would see a failed network.
      assertThat(send(api, "GET /v1/orders", LISTED, "A: b"))
          .contains("Access-Control-Allow-Origin: " + LISTED);

      for (String other : List.of("https://evil.example", LISTED + ".evil.example", "null")) {
        List<String> refused = send(api, "OPTIONS /v1/orders", other, preflight());
        assertThat(refused.getFirst()).startsWith("HTTP/1.1 401");
        assertThat(refused).noneMatch(header -> header.startsWith("Access-Control"));
        assertThat(send(api, "GET /v1/orders", other, "Authorization: Bearer " + acme))
            .noneMatch(header -> header.startsWith("Access-Control"));
      }
    }
  }

  @Test
  void withoutAListNobodyIsAnswered() throws IOException {
    ApiServer api = ApiServer.shared();

    assertThat(send(api, "OPTIONS /v1/orders", LISTED, preflight()))
        .noneMatch(header -> header.startsWith("Access-Control"));
    assertThat(send(api, "GET /v1/orders", LISTED, "Authorization: Bearer " + acme))
        .noneMatch(header -> header.startsWith("Access-Control"));
  }

  private static String preflight() {
    return "Access-Control-Request-Method: PATCH\r\n"
        + "Access-Control-Request-Headers: authorization,if-match";
  }

  /** The status line and the headers. */
  private static List<String> send(ApiServer api, String request, String origin, String headers)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout(10_000);
      String text =
          request
              + " HTTP/1.1\r\nHost: localhost\r\nOrigin: "
              + origin
              + "\r\n"
              + headers
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .takeWhile(line -> !line.isEmpty())
          .toList();
    }
  }
}

package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** There is one connection to the database; a client that is slow must not have it. */
class SlowClientsIT {

  private static final int REPORTS = 150;
  private static final int REPORT_LENGTH = 95_000;
  private static final String ORDER =
      "{\"symbol\":\"SLOW\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}";

  private static ApiServer api;

  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());
  private final String globex = platform.tokens().tenant(platform.globex().id());

  @BeforeAll
  static void start() {
    api = ApiServer.start("tenantry.pool.size=1", "tenantry.pool.connection-timeout=2s");
    String token = ApiServer.platform().tokens().tenant(ApiServer.platform().globex().id());
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> api.get("/v1/orders").token(token).send().is(200));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void aBodyThatDripsInHoldsNoConnection() throws IOException {
    byte[] body = ORDER.getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = connect()) {
      write(socket, head("POST /v1/orders", "Content-Length: " + body.length));
      for (byte one : body) {
        socket.getOutputStream().write(one);
        socket.getOutputStream().flush();
        if (one == ',') {
          othersAreServed();
        }
      }
      assertThat(status(socket.getInputStream())).isEqualTo("HTTP/1.1 201");
    }
  }

  @Test
  void anAnswerThatNobodyReadsHoldsNoConnection() throws IOException, SQLException {
    asSuperuser(
        "insert into tenantry_api.research_reports (tenant_id, id, title, body)"
            + (" select '" + platform.acme().id() + "', gen_random_uuid(), 'unread',")
            + (" repeat(chr(1), " + REPORT_LENGTH + ") from generate_series(1, " + REPORTS + ")"));
    try (Socket socket = connect()) {
      write(socket, head("GET /v1/reports?limit=200", "Accept: application/json"));
      InputStream answer = socket.getInputStream();
      assertThat(status(answer)).isEqualTo("HTTP/1.1 200");
      // Far more than all buffers on the way hold is on its way, and stays there.
      othersAreServed();
      socket.shutdownOutput();
      // A page ends at 2 Mi characters; each of these is six bytes of JSON.
      assertThat(answer.readAllBytes().length).isGreaterThan(10_000_000);
    } finally {
      asSuperuser("delete from tenantry_api.research_reports where title = 'unread'");
    }
  }

  private void othersAreServed() {
    for (int i = 0; i < 3; i++) {
      api.get("/v1/orders?limit=1").token(globex).send().is(200);
      api.get("/v1/orders?limit=1").token(acme).send().is(200);
    }
  }

  private String head(String line, String header) {
    return line
        + (" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer " + acme)
        + ("\r\nContent-Type: application/json\r\n" + header + "\r\n\r\n");
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String status(InputStream answer) throws IOException {
    return new String(answer.readNBytes(12), StandardCharsets.US_ASCII);
  }

  private void asSuperuser(String sql) throws SQLException {
    try (Connection connection =
            TestPostgres.shared().connectAsSuperuser(platform.address().database());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

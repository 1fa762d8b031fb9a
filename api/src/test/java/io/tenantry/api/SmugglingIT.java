package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests whose end, or whose path, two readers could see in different places. Each one hides a
 * second request behind it, which must never be answered: behind a proxy it would be answered to
 * whoever came next.
 */
class SmugglingIT {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());

  /** The hidden request is one that works: sent by itself, behind another one, it is answered. */
  @Test
  void twoRequestsInARowAreTwoAnswers() throws IOException {
    String answers = send("GET /v1/tenant HTTP/1.1\r\nHost: a\r\n" + token() + "\r\n" + hidden());

    assertThat(statuses(answers)).isEqualTo("200 200 ");
    assertThat(answers).contains("\"slug\":\"acme\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Two lengths, or a length and chunks.
        "Content-Length: 2|Content-Length: 40||{}",
        "Content-Length: 2, 40||{}",
        "Content-Length: +2||{}",
        "Content-Length: -1||{}",
        "Content-Length: 0x2||{}",
        "Content-Length: 2 2||{}",
        "Content-Length: 99999999999999999999||{}",
        "Content-Length: 4|Transfer-Encoding: chunked||0\r\n\r\n",
        "Transfer-Encoding: chunked|Content-Length: 4||0\r\n\r\n",
        // Encodings that only some readers know.
        "Transfer-Encoding: xchunked||0\r\n\r\n",
        "Transfer-Encoding: identity||0\r\n\r\n",
        "Transfer-Encoding: chunked, identity||0\r\n\r\n",
        "Transfer-Encoding: identity, chunked||0\r\n\r\n",
        "Transfer-Encoding: chunked|Transfer-Encoding: identity||0\r\n\r\n",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked||0\r\n\r\n",
        "Transfer-Encoding: \"chunked\"||0\r\n\r\n",
        "Transfer-Encoding: \u000bchunked||0\r\n\r\n",
        "Transfer-Encoding : chunked||0\r\n\r\n",
        "Transfer_Encoding\u0000: chunked||0\r\n\r\n",
        // Chunks that only some readers can read.
        "Transfer-Encoding: chunked||-1\r\n\r\n",
        "Transfer-Encoding: chunked||0x2\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked||2 \r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked||2\n{}\n0\n\n",
        "Transfer-Encoding: chunked||2\r\n{}X\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked||FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
        // Names of hosts.
        "Host: b||",
        "Host : b||"
      })
  void whatHidesBehindAnAmbiguousRequestIsNotAnswered(String request) throws IOException {
    String[] parts = request.split("\\|\\|", -1);
    String headers = parts[0].replace("|", "\r\n") + "\r\n";
    String answers =
        send(
            "POST /v1/orders HTTP/1.1\r\nHost: a\r\n"
                + token()
                + "Content-Type: application/json\r\n"
                + headers
                + "\r\n"
                + parts[1]
                + hidden());

    assertRefusedAlone(answers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/tenant HTTP/1.1 HTTP/1.1",
        "GET /v1/tenant HTTP/3.0",
        "GET /v1/tenant http/1.1",
        "G\u0001T /v1/tenant HTTP/1.1",
        "GET /v1/orders/..;/tenant HTTP/1.1",
        "GET /v1/orders/%2e%2e/tenant/%2f HTTP/1.1",
        "GET /v1%2ftenant HTTP/1.1",
        "GET /v1%5ctenant HTTP/1.1",
        "GET /v1\\tenant HTTP/1.1",
        "GET /v1/ten|ant HTTP/1.1",
        "GET /v1/tenant%00 HTTP/1.1",
        "GET /v1/../../etc HTTP/1.1",
        "GET http://other/v1/tenant HTTP/1.1",
        "GET v1/tenant HTTP/1.1"
      })
  void whatHidesBehindAnOddRequestLineIsNotAnswered(String line) throws IOException {
    String answers = send(line + "\r\nHost: a\r\n" + token() + "\r\n" + hidden());

    assertRefusedAlone(answers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a b\r\n", "Host: a/b\r\n", "Host: a\r\nHost: a\r\n"})
  void aRequestHasOneHost(String host) throws IOException {
    assertRefusedAlone(send("GET /v1/tenant HTTP/1.1\r\n" + host + token() + "\r\n" + hidden()));
  }

  /** It is a value's second line, as RFC 9112 section 5.2 allows, and no header of its own. */
  @ParameterizedTest
  @ValueSource(strings = {"\r\n ", "\n\t"})
  void aFoldedHeaderIsPartOfTheOneBefore(String fold) throws IOException {
    String answers =
        send(
            "POST /v1/orders HTTP/1.1\r\nHost: a\r\n"
                + token()
                + "X: 1"
                + fold
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + hidden());

    assertThat(statuses(answers)).isEqualTo("415 400 ");
    assertThat(answers).doesNotContain("\"slug\"").containsIgnoringCase("connection: close");
  }

  /** HTTP/0.9 has no headers, and so no token, and one request to a connection. */
  @Test
  void aRequestWithoutAVersionIsNobodysAndTheLastOne() throws IOException {
    assertThat(send("GET /v1/tenant\r\n" + hidden()))
        .startsWith("{")
        .containsOnlyOnce("\"status\":401")
        .doesNotContain("\"slug\"");
  }

  private static void assertRefusedAlone(String answers) {
    assertThat(statuses(answers)).matches("(400|404|501|505) ");
    assertThat(answers).doesNotContain("\"slug\"").containsIgnoringCase("connection: close");
  }

  private String token() {
    return "Authorization: Bearer " + acme + "\r\n";
  }

  private String hidden() {
    return "GET /v1/tenant HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + token() + "\r\n";
  }

  private String send(String bytes) throws IOException {
    return Wire.send(api.port(), bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String statuses(String answers) {
    StringBuilder statuses = new StringBuilder();
    Matcher matcher = STATUS.matcher(answers);
    while (matcher.find()) {
      statuses.append(matcher.group(1)).append(' ');
    }
    return statuses.toString();
  }
}

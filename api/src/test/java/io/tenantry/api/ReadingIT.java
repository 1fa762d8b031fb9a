package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingIT {

  private static final Map<String, String> SECURITY_HEADERS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy",
              "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY");

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                          | json_invalid       | ``",
        "``                         | json_invalid       | ``",
        "null                       | json_invalid       | ``",
        "{} {}                      | json_invalid       | ``",
        "{'symbol':'A'}             | json_invalid       | ``",
        "{\"symbol\":NaN}           | json_invalid       | /symbol",
        "{\"side\":\"BUY\",\"side\":\"SELL\"} | json_invalid | /side",
        "[]                         | field_type_invalid | ``",
        "7                          | field_type_invalid | ``",
        "\"text\"                   | field_type_invalid | ``",
        "{\"extra\":1}              | field_unknown      | /extra",
        "{\"a/b~c\":1}              | field_unknown      | /a~1b~0c",
        "{\"symbol\":1}             | field_type_invalid | /symbol",
        "{\"symbol\":true}          | field_type_invalid | /symbol",
        "{\"symbol\":[\"A\"]}       | field_type_invalid | /symbol",
        "{\"symbol\":{}}            | field_type_invalid | /symbol",
        "{\"side\":\"buy\"}         | field_type_invalid | /side",
        "{\"side\":\"\"}            | field_type_invalid | /side",
        "{\"side\":0}               | field_type_invalid | /side",
        "{\"quantity\":1}           | field_type_invalid | /quantity",
        "{\"quantity\":1.5}         | field_type_invalid | /quantity",
        "{\"quantity\":\"1e3\"}     | field_type_invalid | /quantity",
        "{\"quantity\":\"+1\"}      | field_type_invalid | /quantity",
        "{\"quantity\":\".5\"}      | field_type_invalid | /quantity",
        "{\"quantity\":\"\"}        | field_type_invalid | /quantity",
        "{\"quantity\":\"NaN\"}     | field_type_invalid | /quantity",
        "{\"quantity\":\"٣\"}       | field_type_invalid | /quantity",
        "{\"quantity\":1e400}       | field_type_invalid | /quantity",
        "{\"tenantId\":\"x\"}       | tenant_in_request  | /tenantId",
        "{\"tenant_id\":\"x\"}      | tenant_in_request  | /tenant_id",
        "{\"tenant\":{}}            | tenant_in_request  | /tenant"
      })
  void aBodyThatCannotBeReadIsRefusedWithThePlace(String body, String code, String pointer) {
    Answer refused = api.post("/v1/orders", body).token(acme).send().isProblem(400, code);

    assertThat(refused.pointers()).containsExactly(pointer);
    assertThat(refused.body()).doesNotContain("tools.jackson", "io.tenantry", "java.");
  }

  @Test
  void aBodyNestedTooDeepIsRefused() {
    String deep = "{\"extra\":" + "[".repeat(40) + "]".repeat(40) + "}";

    api.post("/v1/orders", deep).token(acme).send().isProblem(400, "json_invalid");
    api.call("PUT", "/admin/v1/tenants/deep")
        .json("{\"labels\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(41))
        .token(platform.tokens().platform())
        .send()
        .is(400);
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] body = "{\"symbol\":\"?\"}".getBytes(StandardCharsets.UTF_8);
    body[11] = (byte) 0xFF;

    api.call("POST", "/v1/orders").bytes(body).token(acme).send().isProblem(400, "json_invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C0 AF", // an overlong slash
        "C1 81",
        "E0 80 AF",
        "F0 80 80 AF",
        "ED A0 80", // half of a surrogate pair
        "ED A0 BD ED B8 80", // both halves, each by itself
        "F4 90 80 80", // beyond the last code point
        "F5 80 80 80",
        "80",
        "E2 82",
        "FE",
        "00"
      })
  void aByteSequenceThatOnlyLenientDecodersTakeIsRefused(String hex) {
    byte[] before = "{\"symbol\":\"".getBytes(StandardCharsets.UTF_8);
    byte[] middle = HexFormat.ofDelimiter(" ").parseHex(hex);
    byte[] after = "\"}".getBytes(StandardCharsets.UTF_8);
    byte[] body =
        ByteBuffer.allocate(before.length + middle.length + after.length)
            .put(before)
            .put(middle)
            .put(after)
            .array();

    Answer refused =
        api.call("POST", "/v1/orders")
            .bytes(body)
            .token(acme)
            .send()
            .isProblem(400, "json_invalid");
    assertThat(refused.json().path("errors").path(0).path("code").asString())
        .isEqualTo("encoding_invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE"})
  void aBodyInAnotherEncodingIsRefused(String encoding) {
    byte[] body = "{\"symbol\":\"A\"}".getBytes(Charset.forName(encoding));

    api.call("POST", "/v1/orders").bytes(body).token(acme).send().isProblem(400, "json_invalid");
  }

  @Test
  void aBodyOfTwoMebibytesIsRefusedWithItsLengthSaidOrNot() {
    byte[] body = new byte[2 * 1024 * 1024];
    Arrays.fill(body, (byte) ' ');
    body[0] = '{';

    api.call("POST", "/v1/orders")
        .bytes(body)
        .token(acme)
        .send()
        .isProblem(413, "payload_too_large");
    api.call("POST", "/v1/orders")
        .chunked(body)
        .token(acme)
        .send()
        .isProblem(413, "payload_too_large");
    api.call("POST", "/v1/orders").bytes(body).send().isProblem(413, "payload_too_large");
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedWhereNobodyButTheKeyReadsIt() {
    api.call("POST", "/v1/orders/" + UUID.randomUUID() + "/cancel")
        .chunked(new byte[2 * 1024 * 1024])
        .token(acme)
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .send()
        .isProblem(413, "payload_too_large");
  }

  @Test
  void aBodyJustBelowTheLimitIsRead() {
    byte[] body = new byte[1024 * 1024];
    Arrays.fill(body, (byte) ' ');
    body[0] = '{';
    body[1] = '}';

    api.call("POST", "/v1/orders")
        .bytes(body)
        .token(acme)
        .send()
        .isProblem(422, "validation_failed");
  }

  @Test
  void otherMediaTypesAreRefusedBeforeAnythingIsWritten() {
    api.call("POST", "/v1/orders")
        .body("text/plain", BodyPublishers.ofString("{}"))
        .token(acme)
        .send()
        .isProblem(415, "media_type_unsupported");
    api.call("POST", "/v1/orders")
        .body("application/x-www-form-urlencoded", BodyPublishers.ofString("symbol=A"))
        .token(acme)
        .send()
        .isProblem(415, "media_type_unsupported");
    String order =
        "{\"symbol\":\"ACCEPT\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}";
    api.post("/v1/orders", order)
        .header("Accept", "text/html")
        .token(acme)
        .send()
        .isProblem(406, "not_acceptable");
    Answer list = api.get("/v1/orders?symbol=ACCEPT").token(acme).send().is(200);
    assertThat(list.json().path("items").size()).isZero();
  }

  /** Also where the body may be left out, with and without one. */
  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/*", "application/*+json", "*/*;charset=utf-8"})
  void aBodyOfAnyMediaTypeIsRefused(String mediaType) {
    for (String body : List.of("", "{}")) {
      api.call("POST", "/admin/v1/tenants/acme/clients")
          .body(mediaType, BodyPublishers.ofString(body))
          .token(platform.tokens().platform())
          .send()
          .isProblem(415, "media_type_unsupported");
    }
  }

  @Test
  void aMethodThatAPathDoesNotTakeIsRefusedWithThoseItTakes() {
    Answer refused =
        api.call("DELETE", "/v1/orders").token(acme).send().isProblem(405, "method_not_allowed");

    assertThat(refused.demanded("Allow")).contains("GET", "POST");
    api.get("/v1/nothing").token(acme).send().isProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Tenant-Id", "x-tenant-id", "X-TENANT-ID", "X-Tenant", "Tenant-Id"})
  void aTenantInAHeaderIsRefused(String header) {
    api.get("/v1/tenant")
        .header(header, platform.acme().id().toString())
        .token(acme)
        .send()
        .isProblem(400, "tenant_in_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenant_id", "tenantId", "tenant", "TENANT_ID", "tenant%5Fid"})
  void aTenantInTheQueryIsRefused(String parameter) {
    api.get("/v1/orders?" + parameter + "=" + platform.globex().id())
        .token(acme)
        .send()
        .isProblem(400, "tenant_in_request");
  }

  @Test
  void aRequestIdIsEchoedOrMade() {
    Answer given = api.get("/v1/tenant").header("X-Request-Id", "a.B-1_").token(acme).send();
    assertThat(given.header("X-Request-Id")).hasValue("a.B-1_");
    Answer refused = api.get("/nothing").header("X-Request-Id", "r-404").send();
    assertThat(refused.isProblem(404, "not_found").text("requestId")).isEqualTo("r-404");
    assertThat(api.get("/oauth2/jwks").send().demanded("X-Request-Id")).isNotBlank();

    for (String unusable : new String[] {"a b", "a/b", "ä", "x".repeat(129)}) {
      Answer answer = api.get("/v1/tenant").header("X-Request-Id", unusable).token(acme).send();
      assertThat(answer.is(200).demanded("X-Request-Id")).matches("[0-9a-f-]{36}");
    }
  }

  @Test
  void everyAnswerHasTheSecurityHeaders() {
    for (Answer answer :
        new Answer[] {
          api.get("/v1/tenant").token(acme).send(),
          api.get("/v1/tenant").send(),
          api.get("/nothing").send(),
          api.get("/v1/tenant").header("X-Request-Id", "a b").send(),
          api.get("/oauth2/jwks").send()
        }) {
      SECURITY_HEADERS.forEach(
          (name, value) -> assertThat(answer.header(name)).as(name).hasValue(value));
      assertThat(answer.header("Server")).isEmpty();
      assertThat(answer.header("Set-Cookie")).isEmpty();
      assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/orders/%2e%2e/tenant HTTP/1.1",
        "GET /v1/orders/..%2ftenant HTTP/1.1",
        "GET /v1//tenant HTTP/1.1",
        "GET /v1/tenant;a=b HTTP/1.1",
        "GET /v1/%zz HTTP/1.1",
        "GET /v1/orders?limit=%zz HTTP/1.1",
        "GET /v1/te\u0000nant HTTP/1.1",
        "GET /<script> HTTP/1.1",
        "GRAB /v1/tenant HTTP/1.1",
        "TRACE /v1/tenant HTTP/1.1",
        "GET /v1/tenant HTTP/9.9"
      })
  void aRequestLineThatHidesSomethingIsRefusedWithoutATrace(String line) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write(
              (line
                      + "\r\nHost: localhost\r\nAuthorization: Bearer "
                      + acme
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String all = reader.lines().collect(Collectors.joining("\n"));

      assertThat(all).matches("(?s)HTTP/1.1 (400|404|405|501|505) .*");
      assertThat(all).doesNotContain("Tomcat", "Exception", "<html", "at org.");
      List<String> head = all.lines().takeWhile(l -> !l.isEmpty()).toList();
      assertThat(head).anyMatch(header -> header.matches("X-Request-Id: [0-9a-f-]{36}"));
      SECURITY_HEADERS.forEach(
          (name, value) -> assertThat(head).containsOnlyOnce(name + ": " + value));
    }
  }
}

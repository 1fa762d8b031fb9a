package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of values: what is taken, what is refused and where, and what comes back. */
class ShapesIT {

  private static final String MICROSECONDS =
      "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{6}Z";

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.50, 1.5",
    "0.000000000000000001, 0.000000000000000001",
    // 38 digits, 18 of them after the point: all that the contract promises, and no digit is lost.
    "99999999999999999999.999999999999999999, 99999999999999999999.999999999999999999",
    "12345678901234567890.123456789012345678, 12345678901234567890.123456789012345678",
    "1.000000000000000000000000000000000000000000, 1"
  })
  void anAmountComesBackDigitByDigit(String sent, String answered) {
    Answer placed = order("\"" + sent + "\"").is(201);

    assertThat(placed.json().path("quantity").isString()).isTrue();
    assertThat(placed.text("quantity")).isEqualTo(answered);
    Answer read = api.get(placed.demanded("Location")).token(acme).send().is(200);
    assertThat(read.body()).isEqualTo(placed.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A digit too many before the point, after it, and 39 in all.
        "\"100000000000000000000\"                     | 422 | too_large",
        "\"0.0000000000000000001\"                     | 422 | too_precise",
        "\"999999999999999999999.999999999999999999\"  | 422 | too_large",
        "\"123456789012345678901234567890123456789\"   | 422 | too_large",
        "\"0\"                                         | 422 | not_positive",
        "\"-0.000000000000000001\"                     | 422 | not_positive",
        "\"-0\"                                        | 422 | not_positive",
        "\"1e400\"                                     | 400 | field_type_invalid",
        "\"1E2\"                                       | 400 | field_type_invalid",
        "\"Infinity\"                                  | 400 | field_type_invalid",
        "\"0x10\"                                      | 400 | field_type_invalid",
        "\" 1\"                                        | 400 | field_type_invalid",
        "\"1,5\"                                       | 400 | field_type_invalid",
        "\"01\"                                        | 400 | field_type_invalid",
        "\"1.\"                                        | 400 | field_type_invalid",
        "\"１\"                                         | 400 | field_type_invalid",
        "1e400                                         | 400 | field_type_invalid",
        "-1e-400                                       | 400 | field_type_invalid",
        "123456789012345678901234567890123456789       | 400 | field_type_invalid",
        "0.1                                           | 400 | field_type_invalid",
        "true                                          | 400 | field_type_invalid",
        "[\"1\"]                                       | 400 | field_type_invalid",
        "{}                                            | 400 | field_type_invalid"
      })
  void anAmountThatIsNoneIsNamedWithItsPlace(String sent, int status, String code) {
    Answer refused = order(sent).is(status);

    assertThat(refused.pointers()).containsExactly("/quantity");
    assertThat(refused.json().path("errors").path(0).path("code").asString()).isEqualTo(code);
  }

  @Test
  void aNumberTooLongToReadIsRefusedBeforeItIsRead() {
    order("\"" + "9".repeat(500_000) + "\"").is(400);
    order("9".repeat(500_000)).isProblem(400, "json_invalid");
    order("1e999999999").isProblem(400, "field_type_invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e400", "1.0", "2147483648", "-9223372036854775809", "\"5\"", "true", "[5]"})
  void aWholeNumberThatIsNoneIsNamedWithItsPlace(String sent) {
    Answer refused =
        api.call("PUT", "/admin/v1/tenants/shapes")
            .json("{\"limits\":{\"burst\":" + sent + "}}")
            .token(platform.tokens().platform())
            .send()
            .isProblem(400, "field_type_invalid");

    assertThat(refused.pointers()).containsExactly("/limits/burst");
  }

  @Test
  void timesAreInUtcWithMicroseconds() {
    Instant before = Instant.now();
    Answer placed = order("\"1\"").is(201);

    assertThat(placed.text("placedAt")).matches(MICROSECONDS);
    assertThat(Instant.parse(placed.text("placedAt")))
        .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
    Answer tenant =
        api.get("/admin/v1/tenants/acme").token(platform.tokens().platform()).send().is(200);
    assertThat(tenant.text("createdAt")).matches(MICROSECONDS);
  }

  /** What was placed at an instant is found from that instant on, to the microsecond. */
  @Test
  void aTimeThatWasAnsweredIsTakenAsAFilter() {
    String placedAt =
        api.post(
                "/v1/orders",
                "{\"symbol\":\"SINCE\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}")
            .token(acme)
            .send()
            .is(201)
            .text("placedAt");

    assertThat(found("from=" + placedAt)).isEqualTo(1);
    assertThat(found("to=" + placedAt)).isZero();
    String next = Instant.parse(placedAt).plusNanos(1_000).toString();
    assertThat(found("from=" + next)).isZero();
    assertThat(found("to=" + next)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-30T00:00:00Z",
        "2026-01-01T24:00:01Z",
        "2026-01-01T00:00:60Z",
        "2026-01-01",
        "1767225600",
        "2026-01-01T00:00:00",
        "%2B10000-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "2026-01-01T00:00:00.0000000001Z"
      })
  void aTimeThatIsNoneIsNamed(String time) {
    Answer refused =
        api.get("/v1/orders?from=" + time).token(acme).send().isProblem(400, "parameter_invalid");

    assertThat(refused.pointers()).containsExactly("from");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 64})
  void bytesThatAreNoUtf8AreRefusedWhereverTheyStand(int spaces) {
    // Overlong forms of '/' and '"', half a character, a surrogate, one beyond Unicode, UTF-16.
    for (byte[] bytes :
        List.of(
            new byte[] {(byte) 0xC0, (byte) 0xAF},
            new byte[] {(byte) 0xC0, (byte) 0xA2},
            new byte[] {(byte) 0xE0, (byte) 0x80, (byte) 0xAF},
            new byte[] {(byte) 0xC3},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xFF, (byte) 0xFE})) {
      byte[] head = (" ".repeat(spaces) + "{\"symbol\":\"A").getBytes(StandardCharsets.UTF_8);
      byte[] tail =
          "B\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}"
              .getBytes(StandardCharsets.UTF_8);
      byte[] body = new byte[head.length + bytes.length + tail.length];
      System.arraycopy(head, 0, body, 0, head.length);
      System.arraycopy(bytes, 0, body, head.length, bytes.length);
      System.arraycopy(tail, 0, body, head.length + bytes.length, tail.length);

      api.call("POST", "/v1/orders").bytes(body).token(acme).send().isProblem(400, "json_invalid");
    }
  }

  @Test
  void otherEncodingsOfJsonAreRefused() {
    String order = "{\"symbol\":\"A\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}";

    api.call("POST", "/v1/orders")
        .bytes(order.getBytes(StandardCharsets.UTF_16))
        .token(acme)
        .send()
        .isProblem(400, "json_invalid");
    api.call("POST", "/v1/orders")
        .bytes(order.getBytes(StandardCharsets.UTF_16LE))
        .token(acme)
        .send()
        .isProblem(400, "json_invalid");
  }

  /** A key that is there twice is refused wherever it is, also where it is spelt with an escape. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"limits\":{\"burst\":1,\"burst\":1}}       | /limits/burst",
        "{\"labels\":{\"a\":\"1\",\"\\u0061\":\"1\"}} | /labels/a",
        "{\"tier\":\"a\",\"t\\u0069er\":\"a\"}        | /tier"
      })
  void aKeyThatIsThereTwiceIsNamed(String body, String pointer) {
    Answer refused =
        api.call("PUT", "/admin/v1/tenants/shapes")
            .json(body)
            .token(platform.tokens().platform())
            .send()
            .isProblem(400, "json_invalid");

    assertThat(refused.pointers()).containsExactly(pointer);
  }

  @Test
  void textComesBackAsItWasSent() {
    for (String text :
        List.of("Zoë", "日本", "👩‍🚀", "\\u202Ex", "a\\\\b\\\"c", "'; drop table desk_orders; --")) {
      Answer placed =
          api.post(
                  "/v1/orders",
                  "{\"symbol\":\""
                      + text
                      + "\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}")
              .token(acme)
              .send()
              .is(201);

      Answer read = api.get(placed.demanded("Location")).token(acme).send().is(200);
      assertThat(read.body()).isEqualTo(placed.body());
    }
  }

  private int found(String filter) {
    return api.get("/v1/orders?symbol=SINCE&" + filter)
        .token(acme)
        .send()
        .is(200)
        .json()
        .path("items")
        .size();
  }

  private Answer order(String quantity) {
    return api.post(
            "/v1/orders",
            "{\"symbol\":\"SHAPE\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":"
                + quantity
                + "}")
        .token(acme)
        .send();
  }
}

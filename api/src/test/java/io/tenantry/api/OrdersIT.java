package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OrdersIT {

  private final ApiServer api = ApiServer.shared();
  private final String acme =
      ApiServer.platform().tokens().tenant(ApiServer.platform().acme().id());

  @Test
  void anOrderIsPlacedAndReadBack() {
    Answer placed =
        api.post(
                "/v1/orders",
                """
                {"clientOrderId":"a-1","symbol":"XBT/EUR","side":"BUY","type":"LIMIT",
                 "quantity":"1.50","limitPrice":"0.000000000000000001","strategy":"mean"}
                """)
            .token(acme)
            .send()
            .is(201);

    assertThat(placed.header("Location")).hasValue("/v1/orders/" + placed.text("id"));
    assertThat(placed.header("ETag")).hasValue("\"0\"");
    assertThat(placed.header("Cache-Control")).hasValue("no-store");
    JsonNode order = placed.json();
    assertThat(order.propertyNames())
        .containsExactly(
            "id",
            "clientOrderId",
            "symbol",
            "side",
            "type",
            "quantity",
            "limitPrice",
            "stopPrice",
            "timeInForce",
            "status",
            "filledQuantity",
            "averageFillPrice",
            "strategy",
            "placedAt",
            "updatedAt",
            "version");
    assertThat(order.path("quantity").isString()).isTrue();
    assertThat(order.path("quantity").asString()).isEqualTo("1.5");
    assertThat(order.path("limitPrice").asString()).isEqualTo("0.000000000000000001");
    assertThat(order.path("stopPrice").isNull()).isTrue();
    assertThat(order.path("timeInForce").asString()).isEqualTo("GTC");
    assertThat(order.path("status").asString()).isEqualTo("NEW");
    assertThat(order.path("placedAt").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    Answer read = api.get("/v1/orders/" + placed.text("id")).token(acme).send().is(200);
    assertThat(read.body()).isEqualTo(placed.body());
    assertThat(read.header("ETag")).hasValue("\"0\"");
  }

  @Test
  void anUnchangedOrderIsNotSentAgain() {
    String path = place("S-304");

    Answer again = api.get(path).token(acme).header("If-None-Match", "\"0\"").send();

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(api.get(path).token(acme).header("If-None-Match", "\"7\"").send().status())
        .isEqualTo(200);
  }

  @Test
  void aChangeNeedsTheVersionThatWasRead() {
    String path = place("S-412");
    String change = "{\"quantity\":\"2\"}";

    api.call("PATCH", path).json(change).token(acme).send().isProblem(428, "precondition_required");
    api.call("PATCH", path)
        .json(change)
        .token(acme)
        .header("If-Match", "*")
        .send()
        .isProblem(428, "precondition_required");
    api.call("PATCH", path)
        .json(change)
        .token(acme)
        .header("If-Match", "\"1\"")
        .send()
        .isProblem(412, "precondition_failed");
    api.call("PATCH", path)
        .json(change)
        .token(acme)
        .header("If-Match", "W/\"0\"")
        .send()
        .isProblem(412, "precondition_failed");
    api.call("PATCH", path)
        .json(change)
        .token(acme)
        .header("If-Match", "0")
        .send()
        .isProblem(400, "parameter_invalid");
    Answer changed =
        api.call("PATCH", path).json(change).token(acme).header("If-Match", "\"0\"").send().is(200);
    assertThat(changed.text("quantity")).isEqualTo("2");
    assertThat(changed.header("ETag")).hasValue("\"1\"");
    api.call("PATCH", path)
        .json(change)
        .token(acme)
        .header("If-Match", "\"0\"")
        .send()
        .isProblem(412, "precondition_failed");
  }

  @Test
  void anExplicitNullInAChangeIsRefused() {
    Answer refused =
        api.call("PATCH", place("S-NULL"))
            .json("{\"limitPrice\":null}")
            .token(acme)
            .header("If-Match", "\"0\"")
            .send()
            .isProblem(422, "validation_failed");

    assertThat(refused.pointers()).containsExactly("/limitPrice");
  }

  @Test
  void aCancelledOrderIsNoLongerOpen() {
    String path = place("S-CANCEL");

    Answer cancelled = api.call("POST", path + "/cancel").token(acme).send().is(200);

    assertThat(cancelled.text("status")).isEqualTo("CANCELLED");
    assertThat(cancelled.header("ETag")).hasValue("\"1\"");
    api.call("POST", path + "/cancel").token(acme).send().isProblem(409, "order_state_conflict");
  }

  @Test
  void aClientOrderIdIsTakenOnlyOnce() {
    String order =
        """
        {"clientOrderId":"once","symbol":"A","side":"BUY","type":"MARKET","quantity":"1"}
        """;
    api.post("/v1/orders", order).token(acme).send().is(201);

    api.post("/v1/orders", order).token(acme).send().isProblem(409, "client_order_id_duplicate");
  }

  @Test
  void everyUnacceptableValueIsNamed() {
    Answer refused =
        api.post(
                "/v1/orders",
                """
                {"symbol":"A\\u0000B","side":"BUY","type":"LIMIT","quantity":"-1",
                 "strategy":"\\ud800"}
                """)
            .token(acme)
            .send()
            .isProblem(422, "validation_failed");

    assertThat(refused.pointers())
        .containsExactlyInAnyOrder("/symbol", "/quantity", "/strategy", "/limitPrice");
  }

  @Test
  void aListIsWalkedPageByPageWithoutLossOrRepetition() {
    Set<String> placed = new LinkedHashSet<>();
    for (int i = 0; i < 205; i++) {
      placed.add(place("WALK"));
    }
    List<String> walked = new ArrayList<>();
    String next = "/v1/orders?symbol=WALK&limit=50";
    int pages = 0;
    while (!next.isEmpty()) {
      Answer page = api.get(next).token(acme).send().is(200);
      page.json().path("items").forEach(o -> walked.add("/v1/orders/" + o.path("id").asString()));
      boolean last = page.json().path("nextCursor").isNull();
      assertThat(page.header("Link").isPresent()).isNotEqualTo(last);
      next =
          page.header("Link").map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1")).orElse("");
      pages++;
    }

    assertThat(pages).isEqualTo(5);
    assertThat(walked).containsExactlyElementsOf(new ArrayList<>(placed).reversed());
    Answer first = api.get("/v1/orders?symbol=WALK&limit=200").token(acme).send().is(200);
    assertThat(first.json().path("items").size()).isEqualTo(200);
  }

  @Test
  void aListIsFiltered() {
    String mine = place("FILTER");
    api.call("POST", mine + "/cancel").token(acme).send().is(200);
    place("FILTER");

    assertThat(count("/v1/orders?symbol=FILTER")).isEqualTo(2);
    assertThat(count("/v1/orders?symbol=FILTER&status=CANCELLED")).isEqualTo(1);
    assertThat(count("/v1/orders?symbol=FILTER&to=2001-01-01T00:00:00Z")).isZero();
    assertThat(count("/v1/orders?symbol=FILTER&from=2001-01-01T00:00:00%2B02:00")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=201",
        "limit=ten",
        "limit=",
        "limit=5&limit=6",
        "status=new",
        "from=yesterday",
        "to=2026-01-01T00:00:00",
        "symbol=%00",
        "symbol="
      })
  void aParameterThatCannotBeReadIsNamed(String query) {
    Answer refused =
        api.get("/v1/orders?" + query).token(acme).send().isProblem(400, "parameter_invalid");

    assertThat(refused.pointers()).containsExactly(query.substring(0, query.indexOf('=')));
  }

  @Test
  void aTamperedCursorIsRefused() {
    place("CURSOR");
    place("CURSOR");
    String cursor =
        api.get("/v1/orders?symbol=CURSOR&limit=1").token(acme).send().text("nextCursor");

    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String tampered = cursor.substring(0, i) + other + cursor.substring(i + 1);
      api.get("/v1/orders?cursor=" + tampered).token(acme).send().isProblem(400, "cursor_invalid");
    }
    api.get("/v1/orders?cursor=").token(acme).send().isProblem(400, "cursor_invalid");
    api.get("/v1/orders?cursor=%7B%7D").token(acme).send().isProblem(400, "cursor_invalid");
    api.get("/v1/reports?cursor=" + cursor).token(acme).send().isProblem(400, "cursor_invalid");
  }

  private int count(String path) {
    return api.get(path).token(acme).send().is(200).json().path("items").size();
  }

  private String place(String symbol) {
    return api.post(
            "/v1/orders",
            "{\"symbol\":\""
                + symbol
                + "\",\"side\":\"SELL\",\"type\":\"LIMIT\",\"quantity\":\"1\",\"limitPrice\":\"9\"}")
        .token(acme)
        .send()
        .is(201)
        .demanded("Location");
  }
}

package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FillsIT {

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());
  private final String globex = platform.tokens().tenant(platform.globex().id());

  @Test
  void aFillIsRecordedOnceAndAnsweredAsItStands() {
    String order = order(acme, "10");
    String id = newId();
    String body =
        """
        {"venueFillId":"%s","price":"99.50","quantity":"4","fee":"-0.010","feeCurrency":"EUR",
         "liquidity":"MAKER","filledAt":"2026-01-31T10:30:00.1234567+01:00"}
        """
            .formatted(id);

    Answer recorded = api.post(order + "/fills", body).token(acme).send().is(201);
    JsonNode fill = recorded.json();
    assertThat(fill.propertyNames())
        .containsExactly(
            "id",
            "orderId",
            "venueFillId",
            "price",
            "quantity",
            "fee",
            "feeCurrency",
            "liquidity",
            "filledAt",
            "recordedAt");
    assertThat(fill.path("price").isString()).isTrue();
    assertThat(fill.path("price").asString()).isEqualTo("99.5");
    assertThat(fill.path("fee").asString()).isEqualTo("-0.01");
    assertThat(fill.path("filledAt").asString()).isEqualTo("2026-01-31T09:30:00.123456Z");
    assertThat(order).endsWith(fill.path("orderId").asString());
    assertThat(recorded.header("Cache-Control")).hasValue("no-store");

    Answer again = api.post(order + "/fills", body).token(acme).send().is(200);
    assertThat(again.body()).isEqualTo(recorded.body());
    Answer list = api.get(order + "/fills").token(acme).send().is(200);
    assertThat(list.json().path("items").path(0)).isEqualTo(fill);
    assertThat(list.json().path("nextCursor").isNull()).isTrue();

    Answer read = api.get(order).token(acme).send().is(200);
    assertThat(read.text("status")).isEqualTo("PARTIALLY_FILLED");
    assertThat(read.text("filledQuantity")).isEqualTo("4");
    assertThat(read.text("averageFillPrice")).isEqualTo("99.5");
    assertThat(read.header("ETag")).hasValue("\"1\"");
  }

  @Test
  void aBatchIsAllOrNothing() {
    String order = order(acme, "3");
    String one = fill(newId(), "1");
    String batch = "{\"items\":[" + one + "," + fill(newId(), "2") + "," + one + "]}";

    Answer first = api.post(order + "/fills", batch).token(acme).send().is(201);
    assertThat(first.json().propertyNames()).containsExactly("items");
    assertThat(first.json().path("items").size()).isEqualTo(3);
    assertThat(first.json().path("items").path(2)).isEqualTo(first.json().path("items").path(0));
    Answer second = api.post(order + "/fills", batch).token(acme).send().is(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(api.get(order).token(acme).send().text("status")).isEqualTo("FILLED");

    Answer over =
        api.post(order + "/fills", "{\"items\":[" + one + "," + fill(newId(), "1") + "]}")
            .token(acme)
            .send()
            .isProblem(409, "order_overfilled");
    assertThat(over.text("detail")).contains("0 are left");
    assertThat(api.get(order + "/fills").token(acme).send().json().path("items").size())
        .isEqualTo(2);
  }

  @Test
  void aKnownIdIsRefusedWithOtherValuesAndOnAnotherOrder() {
    String order = order(acme, "10");
    String id = newId();
    api.post(order + "/fills", fill(id, "1")).token(acme).send().is(201);

    for (Answer refused :
        List.of(
            api.post(order + "/fills", fill(id, "2")).token(acme).send(),
            api.post(order(acme, "10") + "/fills", fill(id, "1")).token(acme).send())) {
      assertThat(refused.isProblem(409, "venue_fill_id_conflict").text("detail")).contains(id);
    }
    // Of another tenant nobody hears: the id is free there.
    api.post(order(globex, "10") + "/fills", fill(id, "1")).token(globex).send().is(201);
  }

  @Test
  void aCancelledOrderTakesNoNewFillButAnswersItsOld() {
    String order = order(acme, "10");
    String known = fill(newId(), "1");
    api.post(order + "/fills", known).token(acme).send().is(201);
    api.call("POST", order + "/cancel").token(acme).send().is(200);

    api.post(order + "/fills", fill(newId(), "1"))
        .token(acme)
        .send()
        .isProblem(409, "order_state_conflict");
    api.post(order + "/fills", known).token(acme).send().is(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 422 | validation_failed | /venueFillId",
        "{\"items\":[]} | 422 | validation_failed | /items",
        "{\"items\":[{}]} | 422 | validation_failed | /items/0/venueFillId",
        "{\"items\":[null]} | 422 | validation_failed | /items/0",
        "{\"items\":[],\"price\":\"1\"} | 422 | validation_failed | /items",
        "{\"items\":[{\"fee\":1}]} | 400 | field_type_invalid | /items/0/fee",
        "{\"items\":[{\"x\":1}]} | 400 | field_unknown | /items/0/x",
        "{\"items\":[{\"items\":[]}]} | 400 | field_unknown | /items/0/items",
        "{\"liquidity\":\"maker\"} | 400 | field_type_invalid | /liquidity",
        "{\"filledAt\":1700000000} | 400 | field_type_invalid | /filledAt",
        "{\"filledAt\":\"1700000000\"} | 400 | field_type_invalid | /filledAt",
        "{\"filledAt\":\"2026-01-31\"} | 400 | field_type_invalid | /filledAt",
        "{\"filledAt\":\"2026-02-30T00:00:00Z\"} | 400 | field_type_invalid | /filledAt",
        "{\"filledAt\":\"2026-01-31T09:30:00\"} | 400 | field_type_invalid | /filledAt"
      })
  void whatIsNoFillIsRefusedWhereItIsWrong(String body, int status, String code, String pointer) {
    Answer refused = api.post(order(acme, "1") + "/fills", body).token(acme).send();
    refused.isProblem(status, code);
    assertThat(refused.pointers().getFirst()).isEqualTo(pointer);
  }

  @Test
  void aTimeOutsideOfWhatIsKeptAndTwinsThatDifferAreRefused() {
    String order = order(acme, "10");
    String early = fill(newId(), "1").replace("2026", "1969");
    assertThat(
            api.post(order + "/fills", early)
                .token(acme)
                .send()
                .isProblem(422, "validation_failed")
                .pointers())
        .containsExactly("/filledAt");
    String id = newId();
    String batch =
        "{\"items\":["
            + String.join(",", fill(newId(), "1"), fill(id, "1"), fill(newId(), "1"), fill(id, "2"))
            + "]}";
    assertThat(
            api.post(order + "/fills", batch)
                .token(acme)
                .send()
                .isProblem(422, "validation_failed")
                .pointers())
        .containsExactly("/items/3/venueFillId");
    String tooMany =
        "{\"items\":[" + String.join(",", Collections.nCopies(501, fill(newId(), "0.001"))) + "]}";
    assertThat(
            api.post(order + "/fills", tooMany)
                .token(acme)
                .send()
                .isProblem(422, "validation_failed")
                .pointers())
        .containsExactly("/items");
    assertThat(api.get(order).token(acme).send().text("filledQuantity")).isEqualTo("0");
  }

  @Test
  void theListIsPagedAndItsCursorIsOfThatOrderAlone() {
    String order = order(acme, "10");
    List<String> items = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      items.add(fill(newId(), "1").replace("09:30:00", "09:30:0" + i / 2));
    }
    api.post(order + "/fills", "{\"items\":[" + String.join(",", items) + "]}")
        .token(acme)
        .send()
        .is(201);

    Set<String> seen = new LinkedHashSet<>();
    String next = order + "/fills?limit=2";
    String cursor = "";
    int pages = 0;
    while (next != null) {
      Answer page = api.get(next).token(acme).send().is(200);
      page.json().path("items").forEach(item -> seen.add(item.path("id").asString()));
      pages++;
      next = null;
      if (!page.json().path("nextCursor").isNull()) {
        cursor = page.text("nextCursor");
        next = order + "/fills?limit=2&cursor=" + cursor;
        assertThat(page.demanded("Link")).isEqualTo("<" + next + ">; rel=\"next\"");
      }
    }
    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(5);
    api.get(order(acme, "1") + "/fills?cursor=" + cursor)
        .token(acme)
        .send()
        .isProblem(400, "cursor_invalid");
  }

  @ParameterizedTest
  @CsvSource({"GET", "POST"})
  void anotherTenantsOrderAnswersAsOneThatNobodyHas(String method) {
    String path = order(globex, "10");
    String id = newId();
    api.post(path + "/fills", fill(id, "1")).token(globex).send().is(201);
    String theirs = path.substring(path.lastIndexOf('/') + 1);
    String unknown = UUID.randomUUID().toString();

    Answer foreign = touch(method, theirs, fill(id, "1"));
    Answer nobodys = touch(method, unknown, fill(id, "1"));

    foreign.isProblem(404, "not_found");
    assertThat(foreign.bodyWithout(theirs)).isEqualTo(nobodys.bodyWithout(unknown));
    assertThat(foreign.comparableHeaders()).isEqualTo(nobodys.comparableHeaders());
  }

  @Test
  void readingAndRecordingNeedTheirScopes() {
    String order = order(acme, "10");
    String reader = platform.tokens().tenant(platform.acme().id(), "tenant:read");
    api.get(order + "/fills").token(reader).send().is(200);
    api.post(order + "/fills", fill(newId(), "1"))
        .token(reader)
        .send()
        .isProblem(403, "scope_missing");
  }

  @Test
  void ofManyClientsAtOnceNoneOverfillsTheOrder() throws Exception {
    try (ApiServer patient =
        ApiServer.start("tenantry.pool.connection-timeout=9s", "tenantry.pool.lock-timeout=9s")) {
      String order = order(acme, "20");
      List<Callable<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        String body = fill(newId(), "1");
        clients.add(
            () -> {
              Answer answer = patient.post(order + "/fills", body).token(acme).send();
              if (answer.status() != 201) {
                answer.isProblem(409, "order_overfilled");
              }
              return answer.status();
            });
      }
      List<Integer> statuses = new ArrayList<>();
      try (ExecutorService executor = Executors.newFixedThreadPool(clients.size())) {
        for (Future<Integer> status : executor.invokeAll(clients)) {
          statuses.add(status.get());
        }
      }
      assertThat(statuses).filteredOn(status -> status == 201).hasSize(20);
      assertThat(statuses).filteredOn(status -> status == 409).hasSize(12);
      Answer filled = api.get(order).token(acme).send().is(200);
      assertThat(filled.text("status")).isEqualTo("FILLED");
      assertThat(filled.text("filledQuantity")).isEqualTo("20");
      assertThat(api.get(order + "/fills?limit=200").token(acme).send().json().path("items").size())
          .isEqualTo(20);
    }
  }

  private Answer touch(String method, String order, String body) {
    Call call = api.call(method, "/v1/orders/" + order + "/fills").token(acme);
    if (method.equals("POST")) {
      call.json(body);
    }
    return call.send();
  }

  private String order(String token, String quantity) {
    return api.post(
            "/v1/orders",
            "{\"symbol\":\"F\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\""
                + quantity
                + "\"}")
        .token(token)
        .send()
        .is(201)
        .demanded("Location");
  }

  private static String fill(String id, String quantity) {
    return """
    {"venueFillId":"%s","price":"5","quantity":"%s","filledAt":"2026-01-31T09:30:00Z"}\
    """
        .formatted(id, quantity);
  }

  private static String newId() {
    return "v-" + UUID.randomUUID();
  }
}

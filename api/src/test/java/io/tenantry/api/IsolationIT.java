package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class IsolationIT {

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());
  private final String globex = platform.tokens().tenant(platform.globex().id());

  @Test
  void aTenantReadsItself() {
    Answer answer = api.get("/v1/tenant").token(acme).send().is(200);

    assertThat(answer.json().propertyNames())
        .containsExactly("id", "slug", "displayName", "status", "limits");
    assertThat(answer.text("id")).isEqualTo(platform.acme().id().toString());
    assertThat(answer.text("status")).isEqualTo("ACTIVE");
    assertThat(api.get("/v1/tenant").token(globex).send().text("slug")).isEqualTo("globex");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,orders,",
    "PATCH,orders,",
    "POST,orders,/cancel",
    "GET,reports,",
    "PATCH,reports,",
    "DELETE,reports,"
  })
  void anotherTenantsIdAnswersAsOneThatNobodyHas(String method, String kind, String suffix) {
    String tail = suffix == null ? "" : suffix;
    String path = kind.equals("orders") ? order(globex, "THEIRS") : report(globex, "Theirs");
    String theirs = path.substring(path.lastIndexOf('/') + 1);
    String unknown = UUID.randomUUID().toString();

    Answer foreign = touch(method, "/v1/" + kind + "/" + theirs + tail);
    Answer nobodys = touch(method, "/v1/" + kind + "/" + unknown + tail);

    foreign.isProblem(404, "not_found");
    assertThat(foreign.bodyWithout(theirs)).isEqualTo(nobodys.bodyWithout(unknown));
    assertThat(foreign.comparableHeaders()).isEqualTo(nobodys.comparableHeaders());
    api.get(path).token(globex).send().is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1-1-1-1-1", "%00", "'", "00000000-0000-0000-0000-000000000000"})
  void whatIsNoIdAnswersAsOneThatNobodyHas(String id) {
    String unknown = UUID.randomUUID().toString();
    Answer nobodys = api.get("/v1/orders/" + unknown).token(acme).send();
    Answer malformed = api.get("/v1/orders/" + id).token(acme).send();

    if (id.equals("%00")) {
      malformed.isProblem(400, "request_invalid");
    } else {
      malformed.isProblem(404, "not_found");
      assertThat(malformed.bodyWithout(" " + id + "."))
          .isEqualTo(nobodys.bodyWithout(" " + unknown + "."));
    }
  }

  @Test
  void listsHoldTheTenantsOwnAlone() {
    order(globex, "LIST");
    report(globex, "Secret of globex");

    assertThat(api.get("/v1/orders?symbol=LIST").token(acme).send().is(200).body())
        .contains("\"items\":[]");
    assertThat(api.get("/v1/reports?limit=200").token(acme).send().is(200).body())
        .doesNotContain("Secret of globex");
  }

  @Test
  void theSameClientOrderIdIsFreeInEveryTenant() {
    String order =
        "{\"clientOrderId\":\"both\",\"symbol\":\"A\",\"side\":\"BUY\",\"type\":\"MARKET\","
            + "\"quantity\":\"1\"}";

    api.post("/v1/orders", order).token(acme).send().is(201);
    api.post("/v1/orders", order).token(globex).send().is(201);
  }

  @Test
  void sqlInAnyTextIsStoredAndReadBackByteForByte() {
    String sql =
        "'; set role postgres; drop table desk_orders; -- $1 {x} \\u00e4 %s tenant__schema.x";
    String shortSql = "'; drop role x;--";
    Answer placed =
        api.post(
                "/v1/orders",
                """
                {"clientOrderId":"%1$s","symbol":"%2$s","side":"BUY","type":"MARKET",
                 "quantity":"1","strategy":"%1$s"}
                """
                    .formatted("tenant__schema.desk_orders; --'\\\"$$", shortSql))
            .token(acme)
            .send()
            .is(201);
    Answer order = api.get(placed.demanded("Location")).token(acme).send().is(200);
    assertThat(order.text("clientOrderId")).isEqualTo("tenant__schema.desk_orders; --'\"$$");
    assertThat(order.text("strategy")).isEqualTo("tenant__schema.desk_orders; --'\"$$");
    assertThat(order.text("symbol")).isEqualTo(shortSql);

    String body =
        "{\"title\":\"%1$s\",\"summary\":\"%1$s\",\"body\":\"%1$s\",\"symbol\":\"%2$s\",\"author\":\"%1$s\"}"
            .formatted(sql, shortSql);
    Answer filed = api.post("/v1/reports", body).token(acme).send().is(201);
    Answer report = api.get(filed.demanded("Location")).token(acme).send().is(200);
    String expected = sql.replace("\\u00e4", "ä");
    for (String field : new String[] {"title", "summary", "body", "author"}) {
      assertThat(report.text(field)).as(field).isEqualTo(expected);
    }
    assertThat(report.text("symbol")).isEqualTo(shortSql);
    api.get("/v1/orders?symbol=%27%3B%20drop%20role%20x%3B--").token(acme).send().is(200);
  }

  /** Once as a tenant is made, once as it is changed. */
  @Test
  void sqlInAnyTextOfATenantIsStoredAndReadBackByteForByte() {
    String operator = platform.tokens().platform();
    for (String sql :
        new String[] {
          "'; set role postgres; drop schema tenantry_control cascade; -- $1 ? {x} \u00e4 %s",
          "$$\\\"}'; update tenants set suspended = true; /* tenant__schema.x ::jsonb \u00e4"
        }) {
      String text = JsonMapper.shared().writeValueAsString(sql);
      api.call("PUT", "/admin/v1/tenants/sql-as-text")
          .json("{\"displayName\":%1$s,\"labels\":{\"a/b\":%1$s,\"c.d\":%1$s}}".formatted(text))
          .token(operator)
          .send()
          .is(202);

      Answer tenant = api.get("/admin/v1/tenants/sql-as-text").token(operator).send().is(200);
      assertThat(tenant.text("displayName")).isEqualTo(sql);
      assertThat(tenant.json().path("labels").propertyNames()).containsExactly("a/b", "c.d");
      for (JsonNode label : tenant.json().path("labels")) {
        assertThat(label.asString()).isEqualTo(sql);
      }
    }
  }

  private Answer touch(String method, String path) {
    Call call = api.call(method, path).token(acme);
    if (method.equals("PATCH")) {
      call.json("{}");
    }
    if (!method.equals("GET")) {
      call.header("If-Match", "\"0\"");
    }
    return call.send();
  }

  private String order(String token, String symbol) {
    return api.post(
            "/v1/orders",
            "{\"symbol\":\""
                + symbol
                + "\",\"side\":\"SELL\",\"type\":\"MARKET\",\"quantity\":\"1\"}")
        .token(token)
        .send()
        .is(201)
        .demanded("Location");
  }

  private String report(String token, String title) {
    return api.post("/v1/reports", "{\"title\":\"" + title + "\",\"body\":\"b\"}")
        .token(token)
        .send()
        .is(201)
        .demanded("Location");
  }
}

package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AuditEventsIT {

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());
  private final String globex = platform.tokens().tenant(platform.globex().id());
  private final String operator = platform.tokens().platform();

  @Test
  void eachWriteIsAnEventThatShowsWhatTheApiAnswered() {
    Answer placed =
        api.post(
                "/v1/orders",
                "{\"symbol\":\"AUD\",\"side\":\"BUY\",\"type\":\"LIMIT\",\"quantity\":\"1.50\","
                    + "\"limitPrice\":\"0.000000000000000001\"}")
            .token(acme)
            .header("X-Request-Id", "audit.request-1")
            .send()
            .is(201);
    String path = placed.demanded("Location");
    api.post(
            path + "/fills",
            "{\"venueFillId\":\""
                + UUID.randomUUID()
                + "\",\"price\":\"2\",\"quantity\":\"0.5\","
                + "\"filledAt\":\"2026-01-31T09:30:00Z\"}")
        .token(acme)
        .send()
        .is(201);
    Answer filled = api.get(path).token(acme).send().is(200);
    Answer cancelled = api.call("POST", path + "/cancel").token(acme).send().is(200);

    Answer list = events("?subjectId=" + placed.text("id")).is(200);
    assertThat(list.header("Cache-Control")).hasValue("no-store");
    JsonNode items = list.json().path("items");
    assertThat(items.size()).isEqualTo(3);
    JsonNode cancel = items.path(0);
    assertThat(cancel.propertyNames())
        .containsExactly(
            "id",
            "occurredAt",
            "actor",
            "action",
            "subjectType",
            "subjectId",
            "requestId",
            "before",
            "after");
    assertThat(cancel.path("action").asString()).isEqualTo("order.cancel");
    assertThat(cancel.path("before")).isEqualTo(filled.json());
    assertThat(cancel.path("after")).isEqualTo(cancelled.json());
    assertThat(cancel.path("occurredAt").asString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    JsonNode record = items.path(1);
    assertThat(record.path("action").asString()).isEqualTo("fills.record");
    assertThat(record.path("after").path("order")).isEqualTo(filled.json());
    assertThat(record.path("after").path("fills").path(0))
        .isEqualTo(api.get(path + "/fills").token(acme).send().json().path("items").path(0));
    JsonNode place = items.path(2);
    assertThat(place.path("action").asString()).isEqualTo("order.place");
    assertThat(place.path("actor").asString()).isEqualTo("somebody");
    assertThat(place.path("subjectType").asString()).isEqualTo("order");
    assertThat(place.path("requestId").asString()).isEqualTo("audit.request-1");
    assertThat(place.path("before").isNull()).isTrue();
    assertThat(place.path("after")).isEqualTo(placed.json());
  }

  @Test
  void aReportsEventsHoldTheReportAsItWasAnswered() {
    Answer filed =
        api.post("/v1/reports", "{\"title\":\"Audited\",\"body\":\"b \\u00e4 \\\\ \\\"\"}")
            .token(acme)
            .send()
            .is(201);
    api.call("DELETE", filed.demanded("Location"))
        .token(acme)
        .header("If-Match", "\"0\"")
        .send()
        .is(204);

    JsonNode items = events("?subjectId=" + filed.text("id")).is(200).json().path("items");
    assertThat(items.path(0).path("action").asString()).isEqualTo("report.delete");
    assertThat(items.path(0).path("before")).isEqualTo(filed.json());
    assertThat(items.path(0).path("after").isNull()).isTrue();
    assertThat(items.path(1).path("after")).isEqualTo(filed.json());
  }

  @Test
  void eventsAreFilteredPagedAndTheTenantsOwn() {
    String first = place(acme);
    String second = place(acme);
    Answer page = events("?action=order.place&limit=1").is(200);
    assertThat(page.json().path("items").path(0).path("subjectId").asString()).isEqualTo(second);
    String link = page.demanded("Link");
    Answer next = api.get(link.substring(1, link.indexOf('>'))).token(acme).send().is(200);
    assertThat(next.json().path("items").path(0).path("subjectId").asString()).isEqualTo(first);
    String time = page.json().path("items").path(0).path("occurredAt").asString();
    assertThat(events("?subjectId=" + second + "&from=" + time).json().path("items").size())
        .isOne();
    assertThat(events("?subjectId=" + second + "&to=" + time).json().path("items").size()).isZero();

    String theirs = place(globex);
    assertThat(events("?subjectId=" + theirs).is(200).body())
        .isEqualTo(events("?subjectId=" + UUID.randomUUID()).is(200).body());
    assertThat(events("?limit=200").body()).doesNotContain(theirs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"action=order.eat", "subjectId=1-1-1-1-1", "from=today", "to=1", "limit=0"})
  void filtersThatCannotBeReadAreRefused(String query) {
    events("?" + query).isProblem(400, "parameter_invalid");
  }

  @Test
  void theAuditIsReadOnlyOverHttp() {
    api.post("/v1/audit-events", "{}").token(acme).send().isProblem(405, "method_not_allowed");
    api.call("DELETE", "/v1/audit-events").token(acme).send().isProblem(405, "method_not_allowed");
  }

  @Test
  void thePlatformsEventsAreTheOperatorsAlone() {
    api.get("/admin/v1/audit-events").token(acme).send().isProblem(403, "tenant_forbidden");
    api.get("/v1/audit-events").token(operator).send().isProblem(403, "tenant_missing");
    api.get("/admin/v1/audit-events").send().is(401);
  }

  @Test
  void thePlatformsEventsAreListedByTenantByActionAndInPages() {
    String id = platform.acme().id().toString();
    Answer bySlug = platformEvents("?tenant=acme&limit=200").is(200);
    JsonNode items = bySlug.json().path("items");
    assertThat(items.size()).isGreaterThan(1);
    JsonNode oldest = items.path(items.size() - 1);
    assertThat(oldest.propertyNames())
        .containsExactly(
            "id",
            "occurredAt",
            "actor",
            "action",
            "subjectType",
            "subjectId",
            "tenantId",
            "requestId",
            "before",
            "after");
    assertThat(oldest.path("subjectType").asString()).isEqualTo("tenant");
    assertThat(oldest.path("after").path("slug").asString()).isEqualTo("acme");
    items.forEach(item -> assertThat(item.path("tenantId").asString()).isEqualTo(id));
    assertThat(platformEvents("?limit=200&tenant=" + id).is(200).body()).isEqualTo(bySlug.body());
    String action = oldest.path("action").asString();
    platformEvents("?tenant=acme&action=" + action)
        .is(200)
        .json()
        .path("items")
        .forEach(item -> assertThat(item.path("action").asString()).isEqualTo(action));

    int seen = 0;
    String next = "/admin/v1/audit-events?tenant=acme&limit=1";
    while (next != null) {
      Answer page = api.get(next).token(operator).send().is(200);
      assertThat(page.json().path("items").path(0)).isEqualTo(items.path(seen++));
      next =
          page.json().path("nextCursor").isNull()
              ? null
              : "/admin/v1/audit-events?tenant=acme&limit=1&cursor=" + page.text("nextCursor");
    }
    assertThat(seen).isEqualTo(items.size());
    assertThat(platformEvents("?tenant=nobody-has-this").is(200).body())
        .isEqualTo("{\"items\":[],\"nextCursor\":null}");
    String time = oldest.path("occurredAt").asString();
    assertThat(platformEvents("?tenant=acme&to=" + time).json().path("items").size())
        .isLessThan(items.size());
    platformEvents("?from=yesterday").isProblem(400, "parameter_invalid");
  }

  private Answer events(String query) {
    return api.get("/v1/audit-events" + query).token(acme).send();
  }

  private Answer platformEvents(String query) {
    return api.get("/admin/v1/audit-events" + query).token(operator).send();
  }

  private String place(String token) {
    return api.post(
            "/v1/orders",
            "{\"symbol\":\"A\",\"side\":\"BUY\",\"type\":\"MARKET\",\"quantity\":\"1\"}")
        .token(token)
        .send()
        .is(201)
        .text("id");
  }
}

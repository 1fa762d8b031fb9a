package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.api.paging.Cursor;
import io.tenantry.tenancy.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminIT {

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();
  private final String operator = platform.tokens().platform();

  @Test
  void aTenantIsAskedForMadeAndServed() {
    Answer asked =
        put(
                "initech",
                "{\"displayName\":\"Initech\",\"labels\":{\"desk/region\":\"eu\"},"
                    + "\"limits\":{\"requestsPerSecond\":50,\"burst\":100,\"maxConnections\":null}}")
            .send()
            .is(202);
    assertThat(asked.text("status")).isEqualTo("PENDING");
    assertThat(asked.header("ETag")).hasValue(asked.text("etag"));
    String location = asked.demanded("Location");
    Answer same = put("initech", "{}").send().is(202);
    assertThat(same.header("Location")).hasValue(location);
    Answer waiting = api.get(location + "?wait=1s").token(operator).send().is(200);
    assertThat(waiting.text("state")).isEqualTo("QUEUED");
    assertThat(waiting.text("requestedBy")).isEqualTo("somebody");
    assertThat(waiting.text("requestId")).isEqualTo(asked.demanded("X-Request-Id"));
    String early = platform.tokens().tenant(TenantId.parse(asked.text("id")));
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              Answer refused = api.get("/v1/tenant").token(early).send();
              refused.isProblem(409, "tenant_not_ready");
              assertThat(refused.header("Retry-After")).isPresent();
            });

    Thread provisioner =
        Thread.ofVirtual().start(() -> platform.provisioner().provisionNow("initech", "Initech"));
    Answer done = api.get(location + "?wait=30s").token(operator).send().is(200);
    assertThat(done.text("state")).as(done.body()).isEqualTo("SUCCEEDED");
    assertThat(done.json().path("error").isNull()).isTrue();
    assertThat(done.json().path("steps").size()).isPositive();
    assertThat(provisioner).isNotNull();

    Answer tenant = api.get("/admin/v1/tenants/initech").token(operator).send().is(200);
    assertThat(tenant.text("status")).isEqualTo("ACTIVE");
    assertThat(tenant.json().propertyNames())
        .containsExactly(
            "id",
            "slug",
            "displayName",
            "tier",
            "labels",
            "limits",
            "status",
            "suspended",
            "quarantined",
            "deletionProtection",
            "retentionDays",
            "schemaVersion",
            "purgeAfter",
            "hold",
            "createdAt",
            "etag");
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> api.get("/v1/orders").token(early).send().is(200));
  }

  @Test
  void whatIsAsItShouldBeIsLeftAlone() {
    Answer before = api.get("/admin/v1/tenants/globex").token(operator).send().is(200);

    Answer put = put("globex", "{\"slug\":\"globex\",\"displayName\":\"Globex\"}").send().is(200);

    assertThat(put.body()).isEqualTo(before.body());
    assertThat(put.header("Location")).isEmpty();
  }

  @Test
  void aChangeMayNameTheVersionThatWasRead() {
    platform.provisioner().provisionNow("hooli", "Hooli");
    Answer read = api.get("/admin/v1/tenants/hooli").token(operator).send().is(200);

    Answer changed =
        put("hooli", "{\"displayName\":\"Hooli X\"}")
            .header("If-Match", read.demanded("ETag"))
            .send()
            .is(200);
    assertThat(changed.header("ETag")).isNotEqualTo(read.header("ETag"));
    put("hooli", "{\"displayName\":\"Hooli Y\"}")
        .header("If-Match", read.demanded("ETag"))
        .send()
        .isProblem(412, "precondition_failed");
    put("hooli", "{}").header("If-None-Match", "*").send().isProblem(412, "tenant_exists");
    put("nobody-yet", "{}")
        .header("If-Match", "\"1\"")
        .send()
        .isProblem(412, "precondition_failed");
    assertThat(
            api.get("/admin/v1/tenants/hooli")
                .header("If-None-Match", changed.demanded("ETag"))
                .token(operator)
                .send()
                .status())
        .isEqualTo(304);
  }

  @Test
  void aSuspendedTenantIsRefusedUntilItIsResumed() {
    TenantId umbrella = platform.provisioner().provisionNow("umbrella", "Umbrella").id();
    String token = platform.tokens().tenant(umbrella);

    put("umbrella", "{\"suspended\":true}").send().is(200);
    eventually(token, 403, "tenant_suspended");
    put("umbrella", "{\"suspended\":false}").send().is(200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> api.get("/v1/tenant").token(token).send().is(200));
  }

  @Test
  void tenantsAreListedBySlug() {
    List<String> walked = new ArrayList<>();
    String next = "/admin/v1/tenants?limit=1";
    while (!next.isEmpty()) {
      Answer page = api.get(next).token(operator).send().is(200);
      page.json().path("items").forEach(t -> walked.add(t.path("slug").asString()));
      next = page.header("Link").map(l -> l.replaceAll("<(.*)>; rel=\"next\"", "$1")).orElse("");
    }

    assertThat(walked).contains("acme", "globex").isSorted().doesNotHaveDuplicates();
    api.get("/admin/v1/tenants?cursor=abc").token(operator).send().isProblem(400, "cursor_invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "A", "acme\n", "ac\u0000me", "'; drop role x;--", "\u00e4\u00e4\u00e4"})
  void aForgedPlaceThatIsNoSlugIsRefused(String place) {
    String forged = Cursor.seal("tenants", place.getBytes(StandardCharsets.UTF_8));

    api.get("/admin/v1/tenants?cursor=" + forged)
        .token(operator)
        .send()
        .isProblem(400, "cursor_invalid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"slug\":\"other\"}             | /slug",
        "{\"displayName\":\"\"}           | /displayName",
        "{\"displayName\":\"a\\u0000\"}   | /displayName",
        "{\"tier\":\"GOLD\"}              | /tier",
        "{\"labels\":{\"a\":null}}        | /labels/a",
        "{\"labels\":{\" \":\"x\"}}       | /labels",
        "{\"labels\":{\"a/b\":\"\\ud800\"}} | /labels/a~1b",
        "{\"limits\":{\"burst\":0}}       | /limits/burst",
        "{\"retentionDays\":3651}         | /retentionDays"
      })
  void anUnacceptableValueIsNamed(String body, String pointer) {
    Answer refused = put("valid-slug", body).send().isProblem(422, "validation_failed");

    assertThat(refused.pointers()).containsExactly(pointer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"x\"}                       | field_unknown      | /id",
        "{\"limits\":{\"burst\":\"1\"}}       | field_type_invalid | /limits/burst",
        "{\"limits\":{\"burst\":1.0}}         | field_type_invalid | /limits/burst",
        "{\"limits\":{\"burst\":9999999999}}  | field_type_invalid | /limits/burst",
        "{\"limits\":{\"depth\":1}}           | field_unknown      | /limits/depth",
        "{\"suspended\":\"true\"}             | field_type_invalid | /suspended",
        "{\"suspended\":1}                    | field_type_invalid | /suspended",
        "{\"labels\":{\"a\":1}}               | field_type_invalid | /labels/a",
        "{\"labels\":[]}                      | field_type_invalid | /labels",
        "{\"labels\":{\"a\":\"1\",\"a\":\"2\"}} | json_invalid     | /labels/a"
      })
  void aTenantThatCannotBeReadIsRefusedWithThePlace(String body, String code, String pointer) {
    Answer refused = put("valid-slug", body).send().isProblem(400, code);

    assertThat(refused.pointers()).containsExactly(pointer);
  }

  @Test
  void aSlugThatIsNoneIsRefusedOrNotThere() {
    put("Upper", "{}").send().isProblem(400, "slug_invalid");
    api.get("/admin/v1/tenants/Upper").token(operator).send().isProblem(404, "not_found");
    api.get("/admin/v1/tenants/nobody").token(operator).send().isProblem(404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "61s", "5", "-1s", "1m", ""})
  void aWaitThatCannotBeReadIsRefused(String wait) {
    api.get("/admin/v1/operations/" + UUID.randomUUID() + "?wait=" + wait)
        .token(operator)
        .send()
        .isProblem(400, "parameter_invalid");
  }

  @Test
  void anUnknownOperationIsNotThere() {
    api.get("/admin/v1/operations/" + UUID.randomUUID() + "?wait=1s")
        .token(operator)
        .send()
        .isProblem(404, "not_found");
    api.get("/admin/v1/operations/x").token(operator).send().isProblem(404, "not_found");
  }

  private void eventually(String token, int status, String code) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> api.get("/v1/tenant").token(token).send().isProblem(status, code));
  }

  private Call put(String slug, String body) {
    return api.call("PUT", "/admin/v1/tenants/" + slug).json(body).token(operator);
  }
}

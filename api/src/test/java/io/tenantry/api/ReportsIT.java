package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportsIT {

  private final ApiServer api = ApiServer.shared();
  private final String acme =
      ApiServer.platform().tokens().tenant(ApiServer.platform().acme().id());

  @Test
  void aReportIsFiledReadChangedAndDeleted() {
    Answer filed =
        api.post("/v1/reports", "{\"title\":\"Outlook\",\"body\":\"Up.\"}")
            .token(acme)
            .send()
            .is(201);
    String path = filed.demanded("Location");
    assertThat(filed.text("status")).isEqualTo("DRAFT");
    assertThat(api.get(path).token(acme).send().is(200).body()).isEqualTo(filed.body());

    Answer changed =
        api.call("PATCH", path)
            .json("{\"status\":\"PUBLISHED\",\"summary\":\"Up\"}")
            .header("If-Match", filed.demanded("ETag"))
            .token(acme)
            .send()
            .is(200);
    assertThat(changed.text("status")).isEqualTo("PUBLISHED");
    assertThat(changed.text("body")).isEqualTo("Up.");

    api.call("DELETE", path).token(acme).send().isProblem(428, "precondition_required");
    api.call("DELETE", path)
        .header("If-Match", filed.demanded("ETag"))
        .token(acme)
        .send()
        .isProblem(412, "precondition_failed");
    Answer deleted =
        api.call("DELETE", path)
            .header("If-Match", changed.demanded("ETag"))
            // All that a client can be answered with which knows that there is nothing to read.
            .header("Accept", "application/problem+json")
            .token(acme)
            .send()
            .is(204);
    assertThat(deleted.body()).isEmpty();
    api.get(path).token(acme).send().isProblem(404, "not_found");
  }

  @Test
  void reportsAreListedNewestFirst() {
    for (int i = 0; i < 3; i++) {
      api.post("/v1/reports", "{\"title\":\"R" + i + "\",\"body\":\"b\"}")
          .token(acme)
          .send()
          .is(201);
    }

    Answer first = api.get("/v1/reports?limit=2").token(acme).send().is(200);
    assertThat(first.json().path("items").path(0).path("title").asString()).isEqualTo("R2");
    Answer second =
        api.get("/v1/reports?limit=1&cursor=" + first.text("nextCursor"))
            .token(acme)
            .send()
            .is(200);
    assertThat(second.json().path("items").path(0).path("title").asString()).isEqualTo("R0");
  }

  @Test
  void aReportWithoutTitleAndBodyIsRefused() {
    Answer refused =
        api.post("/v1/reports", "{}").token(acme).send().isProblem(422, "validation_failed");

    assertThat(refused.pointers()).containsExactlyInAnyOrder("/title", "/body");
  }
}

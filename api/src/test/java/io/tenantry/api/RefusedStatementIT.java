package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.fixture.CarelessController;
import io.tenantry.fixture.CarelessService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that sends SQL as its caller wants it: what the guard refuses, and what is told. */
class RefusedStatementIT {

  private static ApiServer api;

  @BeforeAll
  static void start() {
    api = ApiServer.start(List.of(CarelessService.class, CarelessController.class));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'hunter2'; drop table orders",
        "set role none -- hunter2",
        "select $$hunter2$$; commit",
        "select 'hunter2"
      })
  void itIsAnsweredAsRefusedAndTheStatementIsNowhereToBeRead(String sql) {
    String token = ApiServer.platform().tokens().tenant(ApiServer.platform().acme().id());
    try (CapturedLog log = CapturedLog.at(Map.of())) {
      Answer answer =
          api.call("POST", "/v1/test-careless")
              .json("{\"sql\":\"" + sql + "\"}")
              .token(token)
              .send()
              .isProblem(500, "statement_refused");
      assertThat(answer.body()).doesNotContain("hunter2");
      assertThat(log.lines()).noneMatch(line -> line.contains("hunter2"));
      assertThat(log.lines())
          .anyMatch(
              line ->
                  line.contains("Refused a statement")
                      && line.contains(ApiServer.platform().acme().id().toString())
                      && line.contains(answer.text("requestId")));
    }
  }
}

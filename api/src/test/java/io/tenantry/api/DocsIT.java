package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.web.context.support.ServletRequestHandledEvent;

class DocsIT {

  private final ApiServer api = ApiServer.shared();

  @Test
  void theInterfaceIsDescribedToAnyone() {
    Answer description = api.get("/openapi.json").send().is(200);

    assertThat(description.text("openapi")).startsWith("3.1");
    assertThat(api.get("/docs").send().status()).isIn(200, 302);
    assertThat(api.get("/swagger-ui/index.html").send().is(200).body()).contains("swagger-ui");
  }

  @Test
  void thePageCanGetATokenFromThisServerAndFromNoOther() {
    Answer page = api.get("/swagger-ui/index.html").send().is(200);
    Answer start = api.get("/swagger-ui/swagger-initializer.js").send().is(200);

    assertThat(page.demanded("Content-Security-Policy"))
        .contains("default-src 'self'")
        .doesNotContain("connect-src", "script-src");
    assertThat(start.body())
        .contains("initOAuth", "tenant:read", "tenant:write", "/openapi.json")
        .doesNotContain("clientSecret");
    assertThat(
            api.get("/openapi.json")
                .send()
                .is(200)
                .json()
                .at(
                    "/components/securitySchemes/clientCredentials/flows/clientCredentials/tokenUrl")
                .asString())
        .isEqualTo("/oauth2/token");
  }

  @Test
  void aSettingClosesTheDescription() {
    try (ApiServer closed = ApiServer.start("tenantry.docs.enabled=false")) {
      for (String path :
          new String[] {
            "/openapi.json",
            "/openapi.json.yaml",
            "/openapi.yaml",
            "/docs",
            "/swagger-ui/index.html"
          }) {
        closed.get(path).send().isProblem(404, "not_found");
      }
    }
  }

  @Test
  void requestsRunOnVirtualThreads() {
    Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    // Called by the thread that has handled the request.
    ApplicationListener<ApplicationEvent> listener =
        event -> {
          if (event instanceof ServletRequestHandledEvent) {
            threads.add(Thread.currentThread());
          }
        };
    ApplicationEventMulticaster events = api.bean(ApplicationEventMulticaster.class);
    events.addApplicationListener(listener);
    try {
      api.get("/openapi.json").send().is(200);
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() -> assertThat(threads).isNotEmpty().allMatch(Thread::isVirtual));
    } finally {
      events.removeApplicationListener(listener);
    }
  }
}

package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TracingIT {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SAMPLED = "00-" + TRACE + "-00f067aa0ba902b7-01";

  private final ApiServer.Platform platform = ApiServer.platform();
  private final String acme = platform.tokens().tenant(platform.acme().id());

  @Test
  void aSampledRequestIsASpanOfItsCallersTrace() throws IOException {
    Queue<String> received = new ConcurrentLinkedQueue<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          // Protocol Buffers keep texts as they are: one byte a character is enough to find them.
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    try (ApiServer api =
        ApiServer.start(
            "tenantry.tracing.endpoint=http://127.0.0.1:"
                + collector.getAddress().getPort()
                + "/v1/traces",
            "tenantry.tracing.sample=0",
            "management.opentelemetry.tracing.export.schedule-delay=100ms")) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> api.get("/v1/tenant").token(acme).send().is(200));
      api.get("/v1/orders?symbol=QUERYWORD")
          .token(acme)
          .header("traceparent", SAMPLED)
          .send()
          .is(200);
      String trace = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
      Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> !received.isEmpty());

      String spans = String.join("", received);
      assertThat(spans)
          .contains(trace, "/v1/orders", "200", platform.acme().id().toString(), "tenantry-api")
          .doesNotContain("QUERYWORD", acme, "select ", "Bearer");
      // With a share of 0 the requests without a traceparent are not among them.
      assertThat(spans).contains("http get /v1/orders").doesNotContain("http get /v1/tenant");
    } finally {
      collector.stop(0);
    }
  }

  @Test
  void withoutAnEndpointNobodyIsCalled() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          exchange.close();
        });
    collector.start();
    // The place is known to Spring Boot, so an exporter that was on would call it.
    try (ApiServer api =
        ApiServer.start(
            "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:"
                + collector.getAddress().getPort()
                + "/v1/traces",
            "management.opentelemetry.tracing.export.schedule-delay=50ms")) {
      api.get("/v1/tenant").token(acme).header("traceparent", SAMPLED).send();
    } finally {
      // A close sends what is waiting, so nothing can come later.
      collector.stop(0);
    }
    assertThat(calls).hasValue(0);
  }
}

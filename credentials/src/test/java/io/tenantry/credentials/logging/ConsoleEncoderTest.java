package io.tenantry.credentials.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ConsoleEncoderTest {

  private static final String FORGED =
      "harmless\r\n12:00:00.000 ERROR Provisioner [-] - all is lost\u001b[2J\u2028{\"a\":1}";

  @ParameterizedTest
  @ValueSource(strings = {"text", "ecs"})
  void aTextFromOutsideCannotLookLikeALineOfItsOwn(String format) {
    List<String> lines = encode(format, FORGED, null).lines().toList();

    assertThat(lines).filteredOn(line -> line.matches("^(12:00|\\{\"a).*")).isEmpty();
    assertThat(String.join("", lines)).doesNotContain("\u001b", "\u2028{", "\r");
  }

  @Test
  void theMessageOfAnExceptionIsSetInToo() {
    String text = encode("text", "failed", new IllegalStateException(FORGED));

    List<String> lines = text.lines().toList();
    assertThat(lines.getFirst()).contains("failed");
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("    "));
  }

  @Test
  void aJsonLineCarriesTheRequestAndTheTenant() {
    String line = encode("ecs", "done", null);

    assertThat(line.lines()).hasSize(1);
    assertThat(line)
        .startsWith("{")
        .endsWith("}\n")
        .contains("\"@timestamp\":")
        .contains("\"requestId\":\"r-1\"")
        .contains("\"tenantId\":\"t-1\"")
        .contains("\"message\":\"done\"");
  }

  @Test
  void anUnknownFormatEndsTheStart() {
    assertThatThrownBy(() -> encode("xml", "never", null)).hasMessageContaining("'xml'");
  }

  private static String encode(
      String format, String message, @org.jspecify.annotations.Nullable Throwable failure) {
    LoggerContext context = new LoggerContext();
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of("tenantry.logging.format", format)));
    context.putObject(Environment.class.getName(), environment);
    ConsoleEncoder encoder = new ConsoleEncoder();
    encoder.setContext(context);
    encoder.start();
    Logger logger = context.getLogger("io.tenantry.Some");
    LoggingEvent event =
        new LoggingEvent("test", logger, Level.WARN, message, failure, new Object[0]);
    event.setMDCPropertyMap(Map.of("requestId", "r-1", "tenantId", "t-1"));
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }
}

package io.tenantry.operations.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final StringWriter text = new StringWriter();
  private final PrintWriter err = new PrintWriter(text);

  @Test
  void theForecastIsWhatTheRestTakesAtTheSamePace() {
    assertThat(new Forecast(10, 40, Duration.ofSeconds(10)).text()).isEqualTo("30 s left");
    assertThat(new Forecast(1, 11, Duration.ofSeconds(20)).text()).isEqualTo("3 min 20 s left");
    assertThat(new Forecast(1, 3, Duration.ofHours(1)).text()).isEqualTo("2 h 0 min left");
    assertThat(new Forecast(0, 40, Duration.ofSeconds(10)).text()).isEmpty();
    assertThat(new Forecast(40, 40, Duration.ofSeconds(10)).text()).isEmpty();
  }

  @Test
  void onATerminalOneLineIsWrittenOverAndOverAndEndsAtItsEnd() {
    Progress progress = Progress.of(terminal(Map.of("TERM", "xterm")), err);
    progress.at(1, 4, 0);
    progress.at(4, 4, 1);
    progress.at(3, 4, 1);
    progress.end();
    assertThat(text.toString())
        .startsWith("\r[#######....")
        .contains(" 1/4", " left", "\r[##############################] 4/4, 1 failed")
        .doesNotContain("3/4", "\u001b")
        .endsWith("\n");
    assertThat(text.toString().chars().filter(c -> c == '\n')).hasSize(1);
  }

  @Test
  void elsewhereThereIsALineATenthAndNoControlCharacter() {
    Progress progress = Progress.of(new Surroundings(Map.of("TERM", "xterm"), false), err);
    for (int done = 1; done <= 1000; done++) {
      progress.at(done, 1000, 2);
    }
    progress.end();
    assertThat(text.toString().lines()).hasSize(10).allMatch(line -> line.contains("2 failed"));
    assertThat(text.toString()).startsWith("100 of 1000 done").doesNotContain("\r", "\u001b");
  }

  @Test
  void noLineIsWrittenOverWhereNoColourIsWantedOrTheTerminalIsDumb() {
    assertThat(terminal(Map.of("TERM", "xterm")).movingLines()).isTrue();
    assertThat(terminal(Map.of("TERM", "xterm", "NO_COLOR", "1")).movingLines()).isFalse();
    assertThat(terminal(Map.of("TERM", "dumb")).movingLines()).isFalse();
    assertThat(terminal(Map.of()).movingLines()).isFalse();
  }

  private static Surroundings terminal(Map<String, String> variables) {
    return new Surroundings(variables, true);
  }
}

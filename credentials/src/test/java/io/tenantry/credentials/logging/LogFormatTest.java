package io.tenantry.credentials.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LogFormatTest {

  @Test
  void jsonIsForProgramsAndLinesAreForTerminalsUnlessSaid() {
    assertThat(LogFormat.of(null)).isEqualTo(LogFormat.AUTO);
    assertThat(LogFormat.of(" ")).isEqualTo(LogFormat.AUTO);
    assertThat(LogFormat.AUTO.structured(true)).isFalse();
    assertThat(LogFormat.AUTO.structured(false)).isTrue();
    assertThat(LogFormat.of("ecs").structured(true)).isTrue();
    assertThat(LogFormat.of("Text").structured(false)).isFalse();
  }

  @Test
  void anotherFormatIsRefusedByNameAndWithThoseThereAre() {
    assertThatThrownBy(() -> LogFormat.of("xml"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tenantry.logging.format is 'xml'; it takes auto, ecs, text.");
  }

  @Test
  void aBufferedOutputIsNoTerminal() {
    // The tests' own output goes to a file.
    assertThat(LogFormat.terminal()).isFalse();
  }
}

package io.tenantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildProcessTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void bothStreamsAndTheCodeAreThere() {
    try (ChildProcess process = shell("echo out; echo err >&2; echo $SAID; exit 7")) {
      assertThat(process.exitCode()).isEqualTo(7);
      assertThat(process.output()).isEqualTo("out\nerr\nby the environment\n");
    }
  }

  @Test
  void oneThatRunsIsWaitedForAndKilled() {
    try (ChildProcess process = shell("echo up; exec sleep 600")) {
      process.awaitStart(LONG, () -> process.output().contains("up"));
      assertThat(process.exitCode(Duration.ofMillis(1))).isEqualTo(-1);
      process.kill();
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void oneThatEndsBeforeItHasStartedSaysWhatItPrinted() {
    try (ChildProcess process = shell("echo no such file; exit 1")) {
      assertThatThrownBy(() -> process.awaitStart(LONG, () -> false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no such file");
    }
  }

  private static ChildProcess shell(String script) {
    return ChildProcess.start(List.of("sh", "-c", script), Map.of("SAID", "by the environment"));
  }
}

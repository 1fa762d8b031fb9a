package io.tenantry.migrations.fanout;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FanOutSettingsTest {

  @Test
  void whatCannotBeIsNamedWithWhatCan() {
    assertThatThrownBy(() -> FanOutPlatform.settings(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tenantry.migrations.runs.busy-attempts is 0")
        .hasMessageContaining("1 to 1000");
    assertThatThrownBy(() -> FanOutPlatform.settings(1, Duration.ofNanos(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tenantry.migrations.runs.lock-timeout")
        .hasMessageContaining("at least 1 ms");
  }
}

package io.tenantry.api.isolation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SafetySettingsTest {

  private static final Duration GOOD = Duration.ofMinutes(2);

  @Test
  void eachOutOfRangeIsNamedWithWhatIsTaken() {
    refused(Duration.ofMillis(99), GOOD, GOOD, Duration.ofSeconds(1), "start-timeout is 99 ms");
    refused(GOOD, Duration.ofSeconds(59), GOOD, Duration.ofSeconds(1), "it takes 60000 to");
    refused(GOOD, GOOD, Duration.ofHours(2), Duration.ofSeconds(1), "scan-timeout is 7200000 ms");
    refused(GOOD, GOOD, GOOD, Duration.ofSeconds(6), "clock-skew is 6000 ms");
  }

  private static void refused(
      Duration start, Duration interval, Duration timeout, Duration skew, String why) {
    assertThatThrownBy(() -> new SafetySettings(start, interval, timeout, skew))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}

package io.tenantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SettableClockTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final SettableClock clock = new SettableClock(START);

  @Test
  void standsStillUntilItIsMoved() {
    assertThat(clock.instant()).isEqualTo(START);
    assertThat(clock.advance(Duration.ofMinutes(5))).isEqualTo(START.plusSeconds(300));
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(300));
    clock.set(START);
    assertThat(clock.millis()).isEqualTo(START.toEpochMilli());
  }

  @Test
  void clocksOfOtherZonesShareItsTime() {
    Clock tokyo = clock.withZone(ZoneId.of("Asia/Tokyo"));
    clock.advance(Duration.ofHours(1));
    assertThat(tokyo.instant()).isEqualTo(clock.instant());
    assertThat(tokyo.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void noStepIsLostBetweenThreads() throws Exception {
    Runnable hundredSteps =
        () -> {
          for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofSeconds(1));
          }
        };
    Thread one = Thread.startVirtualThread(hundredSteps);
    Thread two = Thread.startVirtualThread(hundredSteps);
    one.join();
    two.join();
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(200));
  }
}

package io.tenantry.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.api.isolation.IsolationState.Check;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FreshnessTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void aProofIsOldBehindSixIntervals() {
    Freshness freshness = every(Duration.ofSeconds(20));
    freshness.expect(Check.PROBER);
    pass(Duration.ofMinutes(2));
    assertThat(freshness.stale(Check.PROBER)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(freshness.stale(Check.PROBER)).isTrue();
    freshness.looked(Check.PROBER);
    assertThat(freshness.stale(Check.PROBER)).isFalse();
  }

  @Test
  void aShortIntervalStillLeavesAMinute() {
    Freshness freshness = every(Duration.ofSeconds(1));
    freshness.looked(Check.PROBER);
    pass(Duration.ofMinutes(1));
    assertThat(freshness.stale(Check.PROBER)).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(freshness.stale(Check.PROBER)).isTrue();
  }

  @Test
  void looksThatDoNotComeToTheirEndRenewNothing() {
    Freshness freshness = every(Duration.ofSeconds(10));
    freshness.looked(Check.PROBER);
    for (int i = 0; i < 7; i++) {
      pass(Duration.ofSeconds(10));
      freshness.expect(Check.PROBER);
      freshness.missed(Check.PROBER, "The pool is full.");
    }
    assertThat(freshness.stale(Check.PROBER)).isTrue();
  }

  @Test
  void whereNobodyIsToBeLookedAtNothingGetsOld() {
    Freshness freshness = every(Duration.ofSeconds(10));
    pass(Duration.ofDays(1));
    assertThat(freshness.stale(Check.PROBER)).isFalse();
    freshness.looked(Check.PROBER);
    freshness.pause(Check.PROBER);
    pass(Duration.ofDays(1));
    assertThat(freshness.stale(Check.PROBER)).isFalse();
  }

  @Test
  void aScanIsOldBehindThreeIntervals() {
    Freshness freshness = every(Duration.ofSeconds(10));
    freshness.looked(Check.CATALOG);
    pass(Duration.ofHours(3));
    assertThat(freshness.stale(Check.CATALOG)).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(freshness.stale(Check.CATALOG)).isTrue();
  }

  private Freshness every(Duration interval) {
    return new Freshness(
        new ProberSettings(true, interval),
        new SafetySettings(
            Duration.ofSeconds(30),
            Duration.ofHours(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1)),
        now::get);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}

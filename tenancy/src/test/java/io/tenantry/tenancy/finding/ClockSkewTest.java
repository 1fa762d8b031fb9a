package io.tenantry.tenancy.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockSkewTest {

  private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant AFTER = BEFORE.plusSeconds(3);
  private static final Duration MOST = Duration.ofSeconds(1);

  @Test
  void aClockReadWithinTheTripMayBeRightHoweverLongItTook() {
    assertThat(ClockSkew.of(BEFORE, BEFORE, AFTER, MOST)).isEmpty();
    assertThat(ClockSkew.of(BEFORE, AFTER, AFTER, MOST)).isEmpty();
    assertThat(ClockSkew.of(BEFORE, AFTER.plus(MOST), AFTER, MOST)).isEmpty();
  }

  @Test
  void aClockOutsideOfTheTripIsSaidToBeAheadOrBehind() {
    assertThat(ClockSkew.of(BEFORE, AFTER.plusMillis(1_500), AFTER, MOST))
        .hasValueSatisfying(
            finding -> {
              assertThat(finding.code()).isEqualTo(FindingCode.CLOCK_SKEWED);
              assertThat(finding.unsafe()).isFalse();
              assertThat(finding.detail()).contains("1500 ms ahead of", "at most 1000 ms");
            });
    assertThat(ClockSkew.of(BEFORE, BEFORE.minusSeconds(2), AFTER, MOST))
        .hasValueSatisfying(finding -> assertThat(finding.detail()).contains("2000 ms behind"));
  }
}

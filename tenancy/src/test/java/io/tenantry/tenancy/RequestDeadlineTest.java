package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RequestDeadlineTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Test
  void withoutADeadlineTheLimitIsAllThereIs() {
    assertThat(RequestDeadline.remaining(LIMIT)).isEqualTo(LIMIT);
  }

  @Test
  void aDeadlineCutsTheLimitAndALaterOneInsideDoesNotExtendIt() {
    Duration left =
        RequestDeadline.call(
            Duration.ofSeconds(2),
            () ->
                RequestDeadline.call(
                    Duration.ofSeconds(60), () -> RequestDeadline.remaining(LIMIT)));
    assertThat(left).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aDeadlineThatHasPassedLeavesNothing() {
    Duration left =
        RequestDeadline.call(Duration.ofNanos(-1), () -> RequestDeadline.remaining(LIMIT));
    assertThat(left).isNegative();
  }

  @Test
  void whoHasNoDeadlineHasNothingThatIsLeft() {
    assertThat(RequestDeadline.remaining()).isEmpty();
    assertThat(
            RequestDeadline.<Duration, RuntimeException>call(
                Duration.ofMinutes(1), () -> RequestDeadline.remaining().orElseThrow()))
        .isPositive()
        .isLessThanOrEqualTo(Duration.ofMinutes(1));
  }
}

package io.tenantry.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private static final Duration PAUSE = Duration.ofMillis(1);

  private final AtomicInteger begun = new AtomicInteger();

  @Test
  void neitherAnExceptionNorAnErrorEndsThem() {
    Rounds rounds =
        new Rounds(
            "rounds",
            () ->
                switch (begun.incrementAndGet()) {
                  case 1 -> throw new IllegalStateException("first");
                  case 2 -> throw new StackOverflowError("second");
                  default -> PAUSE;
                },
            PAUSE);
    rounds.start();
    Awaitility.await().until(() -> begun.get() > 3);
    assertThat(rounds.running()).isTrue();
    rounds.stop();
    assertThat(rounds.running()).isFalse();
    int ended = begun.get();
    rounds.start();
    Awaitility.await().until(() -> begun.get() > ended);
    rounds.stop();
  }
}

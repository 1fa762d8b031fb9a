package io.tenantry.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RememberedTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicReference<String> secret = new AtomicReference<>("first");
  private final AtomicInteger asked = new AtomicInteger();
  private final Remembered<String> remembered =
      new Remembered<>(this::read, Duration.ofSeconds(2), now::get);

  private String read() {
    asked.incrementAndGet();
    String value = secret.get();
    if (value.isEmpty()) {
      throw new IllegalStateException("unreadable");
    }
    return value;
  }

  @Test
  void theSourceIsAskedOnceWithinTheTime() {
    for (int i = 0; i < 100; i++) {
      assertThat(remembered.get()).isEqualTo("first");
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void aChangeIsFeltWhenTheTimeIsOver() {
    remembered.get();
    secret.set("second");
    pass(Duration.ofMillis(1_999));
    assertThat(remembered.get()).isEqualTo("first");
    pass(Duration.ofMillis(1));
    assertThat(remembered.get()).isEqualTo("second");
  }

  @Test
  void aFailureIsNotKeptAndNoOldAnswerStandsInForIt() {
    remembered.get();
    secret.set("");
    pass(Duration.ofSeconds(2));
    assertThatThrownBy(remembered::get).hasMessage("unreadable");
    assertThatThrownBy(remembered::get).hasMessage("unreadable");
    secret.set("second");
    assertThat(remembered.get()).isEqualTo("second");
    assertThat(asked).hasValue(4);
  }

  @Test
  void aClockThatIsSetBackDoesNotMakeAnAnswerLast() {
    remembered.get();
    secret.set("second");
    pass(Duration.ofHours(-1));
    assertThat(remembered.get()).isEqualTo("second");
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }
}

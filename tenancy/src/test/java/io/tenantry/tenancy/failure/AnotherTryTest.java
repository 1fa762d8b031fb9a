package io.tenantry.tenancy.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.RequestDeadline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AnotherTryTest {

  @Test
  void thereAreTwoRetriesAtTheMost() {
    assertThat(AnotherTry.after(0)).isTrue();
    assertThat(AnotherTry.after(1)).isTrue();
    assertThat(AnotherTry.after(2)).isFalse();
  }

  @Test
  void afterTheDeadlineThereIsNone() {
    boolean another =
        RequestDeadline.<Boolean, RuntimeException>call(Duration.ZERO, () -> AnotherTry.after(0));
    assertThat(another).isFalse();
  }

  @Test
  void whoIsInterruptedDoesNotTryAgain() {
    Thread.currentThread().interrupt();
    assertThat(AnotherTry.after(0)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}

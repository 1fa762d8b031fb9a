package io.tenantry.api.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowanceTest {

  private final AtomicLong nanos = new AtomicLong(1);
  private final Allowance allowance =
      new Allowance(
          6,
          new TimeMeter() {
            @Override
            public long currentTimeNanos() {
              return nanos.get();
            }

            @Override
            public boolean isWallClockBased() {
              return false;
            }
          });

  @Test
  void whatIsUsedUpComesBackWithTime() {
    for (int i = 0; i < 6; i++) {
      assertThat(allowance.wait("a")).isEmpty();
      assertThat(allowance.take("a")).isEmpty();
    }

    assertThat(allowance.wait("a")).hasValue(Duration.ofSeconds(10));
    assertThat(allowance.wait("b")).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(allowance.wait("a")).isEmpty();
  }

  @Test
  void noNumberOfAttemptsMakesTheWaitLonger() {
    for (int i = 0; i < 10_000; i++) {
      allowance.take("a");
    }

    assertThat(allowance.wait("a")).hasValue(Duration.ofSeconds(10));
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(allowance.take("a")).isEmpty();
  }

  @Test
  void whatIsGivenBackIsThereAgainAndNeverMoreThanTheAllowance() {
    for (int i = 0; i < 6; i++) {
      allowance.take("a");
    }
    allowance.giveBack("a");
    assertThat(allowance.take("a")).isEmpty();
    assertThat(allowance.take("a")).isPresent();

    for (int i = 0; i < 20; i++) {
      allowance.giveBack("a");
    }
    for (int i = 0; i < 6; i++) {
      assertThat(allowance.take("a")).isEmpty();
    }
    assertThat(allowance.take("a")).isPresent();
  }

  @Test
  void takingEndsWithTheAllowance() {
    for (int i = 0; i < 6; i++) {
      assertThat(allowance.take("a")).isEmpty();
    }

    assertThat(allowance.take("a")).hasValue(Duration.ofSeconds(10));
    assertThat(allowance.take("a")).hasValue(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.1",
    "::ffff:192.0.2.1,192.0.2.1",
    "2001:db8:1:2:3:4:5:6,2001:db8:1:2:0:0:0:0/64",
    "2001:db8:1:2::%eth0,2001:db8:1:2:0:0:0:0/64",
    "unknown,unknown",
    "dead.beef,dead.beef"
  })
  void anAddressIsCountedByItsNetwork(String remote, String network) {
    assertThat(CallerAddress.network(remote)).isEqualTo(network);
  }
}

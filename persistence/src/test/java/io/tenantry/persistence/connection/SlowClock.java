package io.tenantry.persistence.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A clock that is behind at its next readings, as given, and right afterwards. Who signs by a
 * reading from before a pause signs what is over already: so a pause is had without one.
 */
public final class SlowClock implements InstantSource {

  private final Deque<Duration> behind;

  private SlowClock(List<Duration> behind) {
    this.behind = new ArrayDeque<>(behind);
  }

  /** By how much it is behind at each of the next readings. */
  public static SlowClock behind(int... seconds) {
    return new SlowClock(Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList());
  }

  /** Whether all of those readings were taken. */
  public boolean isRight() {
    synchronized (behind) {
      return behind.isEmpty();
    }
  }

  @Override
  public Instant instant() {
    synchronized (behind) {
      Duration now = behind.poll();
      return now == null ? Instant.now() : Instant.now().minus(now);
    }
  }
}

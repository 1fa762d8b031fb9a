package io.tenantry.credentials;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a source answered, for moments: a changed secret is still felt soon, and a request
 * does not read a file. A failure is not remembered, nor does an old answer stand in for it.
 * Thread-safe; callers that come at the same time may each ask the source.
 *
 * @param <T> immutable
 */
public final class Remembered<T> implements Supplier<T> {

  private final Supplier<T> source;
  private final Duration fresh;
  private final InstantSource clock;
  private volatile @Nullable Answer<T> last;

  /**
   * @param fresh how long an answer is given again, above zero
   */
  public Remembered(Supplier<T> source, Duration fresh, InstantSource clock) {
    this.source = source;
    this.fresh = fresh;
    this.clock = clock;
  }

  /** The source's answer; throws what the source throws. */
  @Override
  public T get() {
    Answer<T> known = last;
    Instant now = clock.instant();
    // A clock that was set back must not make an answer last.
    if (known != null && !now.isBefore(known.at()) && now.isBefore(known.at().plus(fresh))) {
      return known.value();
    }
    last = null;
    T value = source.get();
    last = new Answer<>(value, now);
    return value;
  }

  private record Answer<T>(T value, Instant at) {}
}

package io.tenantry.api.attempts;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Optional;

/**
 * So many failures a minute for each key. Thread-safe; holds a bounded number of keys, of which the
 * least used are forgotten, and none that was quiet for 10 minutes.
 */
final class Allowance {

  private static final int MOST_KEYS = 100_000;
  private static final Duration QUIET = Duration.ofMinutes(10);

  private final int perMinute;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).expireAfterAccess(QUIET).build();

  Allowance(int perMinute) {
    this(perMinute, TimeMeter.SYSTEM_NANOTIME);
  }

  Allowance(int perMinute, TimeMeter time) {
    this.perMinute = perMinute;
    this.time = time;
  }

  /** How long {@code key} has to wait; empty when it may try now. Takes nothing. */
  Optional<Duration> wait(String key) {
    Bucket bucket = buckets.getIfPresent(key);
    if (bucket == null) {
      return Optional.empty();
    }
    EstimationProbe probe = bucket.estimateAbilityToConsume(1);
    return probe.canBeConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  /**
   * Takes one of the allowance; else how long there is none. What is refused takes nothing, so that
   * no number of attempts makes the wait longer than it takes for one to come back.
   */
  Optional<Duration> take(String key) {
    return bucket(key).tryConsume(1) ? Optional.empty() : wait(key);
  }

  /** Undoes a {@link #take} that was no failure after all. */
  void giveBack(String key) {
    bucket(key).addTokens(1);
  }

  private Bucket bucket(String key) {
    return buckets.get(
        key,
        _ ->
            Bucket.builder()
                .addLimit(
                    limit ->
                        limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build());
  }
}

package io.tenantry.api.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Measures how long ago something last happened. */
public final class AgeGauge {

  private AgeGauge() {}

  /**
   * Has {@code age} asked at each scrape; before the first time it is not a number, since no age
   * would be true.
   *
   * @param of what is asked, for as long as somebody else keeps it
   * @param age empty before the first time
   */
  public static <T> void register(
      MeterRegistry meters,
      String name,
      String description,
      T of,
      Function<T, Optional<Duration>> age) {
    TimeGauge.builder(
            name,
            of,
            TimeUnit.MILLISECONDS,
            asked -> age.apply(asked).map(AgeGauge::millis).orElse(Double.NaN))
        .description(description)
        .register(meters);
  }

  /** The time since {@code at}, by the clock that people set. */
  public static Duration since(Instant at) {
    return Duration.between(at, Instant.now());
  }

  private static double millis(Duration age) {
    return age.toMillis();
  }
}

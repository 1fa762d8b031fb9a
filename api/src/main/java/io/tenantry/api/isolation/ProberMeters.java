package io.tenantry.api.isolation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tenantry.api.metrics.AgeGauge;
import io.tenantry.persistence.prober.ProbeResult.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** What is measured of the live proof; thread-safe. */
@Component
class ProberMeters {

  private static final long NEVER = Long.MIN_VALUE;

  private final Map<Outcome, Counter> looks = new EnumMap<>(Outcome.class);
  private final Timer duration;
  private final AtomicLong last = new AtomicLong(NEVER);

  ProberMeters(MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      looks.put(
          outcome,
          Counter.builder("tenantry.prober.looks")
              .description("Looks at the canaries, by what came of them.")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    this.duration =
        Timer.builder("tenantry.prober.duration")
            .description("How long a look at the canaries took.")
            .register(registry);
    AgeGauge.register(
        registry,
        "tenantry.prober.age",
        "Time since a look at the canaries last came to its end.",
        last,
        ProberMeters::age);
  }

  void skipped() {
    count(Outcome.SKIPPED);
  }

  void looked(Outcome outcome, long nanos) {
    count(outcome);
    duration.record(nanos, TimeUnit.NANOSECONDS);
    if (outcome != Outcome.SKIPPED) {
      last.set(System.nanoTime());
    }
  }

  private void count(Outcome outcome) {
    Counter counter = looks.get(outcome);
    if (counter != null) {
      counter.increment();
    }
  }

  private static Optional<Duration> age(AtomicLong last) {
    long at = last.get();
    return at == NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - at));
  }
}

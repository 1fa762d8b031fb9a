package io.tenantry.api.isolation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import io.tenantry.persistence.prober.ProbeResult.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
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
    TimeGauge.builder("tenantry.prober.age", last, TimeUnit.MILLISECONDS, ProberMeters::age)
        .description("Time since a look at the canaries last came to its end.")
        .register(registry);
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

  /** Not a number before the first time: no age would be true. */
  private static double age(AtomicLong last) {
    long at = last.get();
    return at == NEVER ? Double.NaN : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - at);
  }
}

package io.tenantry.api.isolation;

import io.tenantry.api.isolation.IsolationState.Check;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Tells a proof from a memory: how long ago each check last came to its end. Its clock is not the
 * one that people set. Thread-safe; blocks on nothing.
 */
@Component
public class Freshness {

  private static final Logger LOG = LoggerFactory.getLogger(Freshness.class);

  /** Short intervals are for tests and for the hurried; a pool may be full for a while. */
  private static final Duration LEAST = Duration.ofSeconds(60);

  private static final int PROBER_INTERVALS = 6;
  private static final int SCAN_INTERVALS = 3;

  private final Map<Check, Duration> limits = new EnumMap<>(Check.class);
  private final Map<Check, Long> since = new EnumMap<>(Check.class);
  private final Map<Check, String> reasons = new EnumMap<>(Check.class);
  private final Set<Check> said = new HashSet<>();
  private final LongSupplier nanos;

  @Autowired
  Freshness(ProberSettings prober, SafetySettings safety) {
    this(prober, safety, System::nanoTime);
  }

  Freshness(ProberSettings prober, SafetySettings safety, LongSupplier nanos) {
    this.nanos = nanos;
    limits.put(Check.PROBER, atLeast(prober.interval().multipliedBy(PROBER_INTERVALS)));
    limits.put(Check.CATALOG, atLeast(safety.scanInterval().multipliedBy(SCAN_INTERVALS)));
  }

  /** From now on a look is waited for, unless one already is. */
  synchronized void expect(Check check) {
    since.putIfAbsent(check, nanos.getAsLong());
  }

  /** A look came to its end; from now on the next one is waited for. */
  synchronized void looked(Check check) {
    since.put(check, nanos.getAsLong());
    reasons.remove(check);
    if (said.remove(check)) {
      LOG.info("{} looks again.", check);
    }
  }

  /** Nobody looks, or there is nobody to look at: nothing is waited for. */
  synchronized void pause(Check check) {
    since.remove(check);
  }

  /**
   * A look did not come to its end.
   *
   * @param why without values
   */
  synchronized void missed(Check check, @Nullable String why) {
    reasons.put(check, String.valueOf(why));
  }

  /**
   * Whether a look that is waited for has not come for so long that the last one proves nothing:
   * six intervals of the prober and at least 60 s, three of the scan. Logged when it begins.
   */
  public synchronized boolean stale(Check check) {
    Long from = since.get(check);
    Duration limit = limits.getOrDefault(check, LEAST);
    if (from == null || nanos.getAsLong() - from <= limit.toNanos()) {
      return false;
    }
    if (said.add(check)) {
      LOG.warn(
          "No look of {} has come to its end for more than {} s: {}",
          check,
          limit.toSeconds(),
          reasons.getOrDefault(check, "one is still under way."));
    }
    return true;
  }

  private static Duration atLeast(Duration limit) {
    return limit.compareTo(LEAST) < 0 ? LEAST : limit;
  }
}

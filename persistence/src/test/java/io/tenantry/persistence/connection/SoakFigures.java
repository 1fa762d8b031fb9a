package io.tenantry.persistence.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the threads of a soak count together. Thread-safe. */
final class SoakFigures {

  final LongAdder requests = new LongAdder();

  /** Requests into which no trouble was put on purpose; a strike from outside may still hit one. */
  final LongAdder plain = new LongAdder();

  /** Those of them that came to their end. */
  final LongAdder served = new LongAdder();

  final LongAdder rows = new LongAdder();
  final LongAdder looks = new LongAdder();
  private final Map<String, AtomicLong> injected = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicLong> failures = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicLong> foreign = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicLong> left = new ConcurrentSkipListMap<>();
  private final Map<String, AtomicLong> unexpected = new ConcurrentSkipListMap<>();

  /** A row that was read, or its tenant was written to; each text has to be of {@code tenant}. */
  void row(SoakTenant tenant, String... texts) {
    rows.increment();
    for (String text : texts) {
      if (!tenant.owns(text)) {
        foreign("read by " + tenant.mark() + ": " + text);
      }
    }
  }

  void foreign(String what) {
    count(foreign, what);
  }

  void left(String what) {
    count(left, what);
  }

  void injected(String kind) {
    count(injected, kind);
  }

  void failed(String kind) {
    count(failures, kind);
  }

  void unexpected(String what) {
    count(unexpected, what);
  }

  Map<String, AtomicLong> injected() {
    return injected;
  }

  Map<String, AtomicLong> foreign() {
    return foreign;
  }

  Map<String, AtomicLong> left() {
    return left;
  }

  Map<String, AtomicLong> unexpected() {
    return unexpected;
  }

  /** How many of a hundred plain requests were served; 0 when there was none. */
  double servedPercent() {
    return plain.sum() == 0 ? 0 : 100.0 * served.sum() / plain.sum();
  }

  long bad() {
    return sum(foreign) + sum(left) + sum(unexpected);
  }

  private static long sum(Map<String, AtomicLong> counts) {
    return counts.values().stream().mapToLong(AtomicLong::get).sum();
  }

  private static void count(Map<String, AtomicLong> counts, String what) {
    counts.computeIfAbsent(what, _ -> new AtomicLong()).incrementAndGet();
  }

  @Override
  public String toString() {
    return "%s requests; of %s without trouble %.2f %% served; %s rows read, %d foreign; %s looks at sessions, %d with something left;"
            .formatted(requests, plain, servedPercent(), rows, sum(foreign), looks, sum(left))
        + " injected %s; failures %s; unexpected %s".formatted(injected, failures, unexpected);
  }
}

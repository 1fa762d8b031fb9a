package io.tenantry.bench.onboarding;

import java.util.ArrayList;
import java.util.List;

/** Times of one kind of work; for several threads. */
final class Samples {

  private final List<Long> nanos = new ArrayList<>();

  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  void time(Work work) throws Exception {
    long begin = System.nanoTime();
    work.run();
    add(System.nanoTime() - begin);
  }

  synchronized void add(long took) {
    nanos.add(took);
  }

  synchronized int count() {
    return nanos.size();
  }

  /** In milliseconds; the smallest that at least this share of the samples does not exceed. */
  synchronized double percentile(double share) {
    List<Long> sorted = nanos.stream().sorted().toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.clamp(rank - 1, 0, sorted.size() - 1)) / 1e6;
  }
}

package io.tenantry.operations.terminal;

import java.time.Duration;

/**
 * How long the rest will take if it goes on as it went. Immutable.
 *
 * @param total above 0
 * @param spent since it began
 */
record Forecast(int done, int total, Duration spent) {

  private static final int PERCENT = 100;

  int percent() {
    return (int) ((long) done * PERCENT / total);
  }

  /** In words; empty as long as nothing is done, and when all is. */
  String text() {
    if (done <= 0 || done >= total) {
      return "";
    }
    Duration left = spent.multipliedBy(total - done).dividedBy(done);
    long seconds = Math.max(1, Math.round(left.toMillis() / 1000.0));
    return seconds < 60
        ? seconds + " s left"
        : seconds < 3600
            ? seconds / 60 + " min " + seconds % 60 + " s left"
            : seconds / 3600 + " h " + seconds % 3600 / 60 + " min left";
  }
}

package io.tenantry.api.isolation;

import java.time.Duration;

/**
 * Decides what to look at next, and when. A look at everything costs the database much, so it is
 * not repeated for ever where it cannot come to its end, nor while a quick look says enough: that
 * is repeated until it finds nothing, and then one at everything has to say the same. For one
 * thread.
 */
final class ScanPace {

  /**
   * What comes next.
   *
   * @param full at everything, or quickly
   * @param delay before it
   */
  record Next(boolean full, Duration delay) {}

  /** Clean quick looks between two at everything: whoever mends waits for it, so it ends early. */
  private static final int MOST_BETWEEN = 32;

  private final Duration step;
  private final Duration interval;
  private Duration blindWait;
  private int between = 1;
  private int following = 1;
  private int clean;

  /**
   * @param step between two looks while something is unsafe, and behind the first that was blind
   * @param interval between two looks at everything while all is well
   */
  ScanPace(Duration step, Duration interval) {
    this.step = step;
    this.interval = interval;
    this.blindWait = step;
  }

  /**
   * Behind a look at everything.
   *
   * @param complete whether it came to its end
   * @param unsafe whether something unsafe is known now, from this look or an earlier one
   */
  Next afterFull(boolean complete, boolean unsafe) {
    clean = 0;
    if (unsafe) {
      between = following;
      following = Math.min(2 * following, MOST_BETWEEN);
      return new Next(false, step);
    }
    following = 1;
    if (complete) {
      blindWait = step;
      return new Next(true, interval);
    }
    Duration wait = blindWait;
    blindWait = shorter(blindWait.multipliedBy(2), interval);
    return new Next(true, wait);
  }

  /** Behind a quick look, which is only taken while something unsafe is known. */
  Next afterQuick(boolean complete, boolean unsafe) {
    if (unsafe) {
      // What is seen quickly goes away quickly: the first clean look is confirmed at once.
      following = 1;
      between = 1;
      clean = 0;
    } else if (complete) {
      clean++;
    }
    return clean >= between ? new Next(true, Duration.ZERO) : new Next(false, step);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

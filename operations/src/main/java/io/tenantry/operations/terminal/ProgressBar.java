package io.tenantry.operations.terminal;

import java.io.PrintWriter;
import java.time.Duration;

/** One line on a terminal, written over and over. */
final class ProgressBar implements Progress {

  private static final int WIDTH = 30;
  private static final long BETWEEN_NANOS = Duration.ofMillis(100).toNanos();

  private final PrintWriter err;
  private final long begun = System.nanoTime();
  private long shownAt = begun - BETWEEN_NANOS;
  private int highest = -1;
  private int shownLength;

  ProgressBar(PrintWriter err) {
    this.err = err;
  }

  @Override
  public synchronized void at(int done, int total, int failed) {
    long now = System.nanoTime();
    if (done <= highest || (done < total && now - shownAt < BETWEEN_NANOS)) {
      return;
    }
    highest = done;
    shownAt = now;
    String line = line(new Forecast(done, total, Duration.ofNanos(now - begun)), failed);
    err.print('\r' + line + " ".repeat(Math.max(0, shownLength - line.length())));
    err.flush();
    shownLength = line.length();
  }

  private static String line(Forecast forecast, int failed) {
    int full = WIDTH * forecast.percent() / 100;
    return "["
        + "#".repeat(full)
        + ".".repeat(WIDTH - full)
        + "] "
        + forecast.done()
        + "/"
        + forecast.total()
        + (failed == 0 ? "" : ", " + failed + " failed")
        + (forecast.text().isEmpty() ? "" : ", " + forecast.text());
  }

  @Override
  public synchronized void end() {
    if (highest >= 0) {
      err.println();
      err.flush();
      highest = -1;
    }
  }
}

package io.tenantry.operations.terminal;

import java.io.PrintWriter;
import java.time.Duration;

/** A line for each tenth that is done, for logs and files. */
final class ProgressLines implements Progress {

  private static final int STEP = 10;

  private final PrintWriter err;
  private final long begun = System.nanoTime();
  private int nextPercent = STEP;

  ProgressLines(PrintWriter err) {
    this.err = err;
  }

  @Override
  public synchronized void at(int done, int total, int failed) {
    Forecast forecast = new Forecast(done, total, Duration.ofNanos(System.nanoTime() - begun));
    if (forecast.percent() < nextPercent) {
      return;
    }
    nextPercent = forecast.percent() / STEP * STEP + STEP;
    err.println(
        done
            + " of "
            + total
            + " done"
            + (failed == 0 ? "" : ", " + failed + " failed")
            + (forecast.text().isEmpty() ? "" : ", " + forecast.text()));
    err.flush();
  }

  @Override
  public void end() {
    // Each line has its end already.
  }
}

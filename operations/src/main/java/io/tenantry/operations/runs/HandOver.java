package io.tenantry.operations.runs;

import io.tenantry.migrations.fanout.FanOut;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has Ctrl-C give a run back, so that another worker takes it up at once and not when its lease is
 * over. The process then ends by the signal, when the tenants under way are done. Closed by the
 * thread that carries the run out, when it does no more.
 */
final class HandOver implements AutoCloseable {

  /** A service manager kills after 30 s or more; the lease ends after as much. */
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final FanOut fanOut;
  private final Runnable told;
  private final Thread hook = Thread.ofPlatform().name("hand-over").unstarted(this::stop);
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean asked;

  /**
   * @param told says how the run was left, when it was interrupted
   */
  HandOver(FanOut fanOut, Runnable told) {
    this.fanOut = fanOut;
    this.told = told;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop() {
    asked = true;
    fanOut.stop();
    try {
      // In time or not, what it says is looked up.
      boolean _ = closed.await(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    told.run();
  }

  /** Whether the process is on its way out. */
  boolean asked() {
    return asked;
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It runs: the process is ending.
    }
  }
}

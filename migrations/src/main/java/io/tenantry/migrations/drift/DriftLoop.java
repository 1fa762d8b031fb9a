package io.tenantry.migrations.drift;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks all schemas again and again, on one thread of its own, and logs what has drifted. A check
 * that could not be taken is logged, and tried again after a minute. Thread-safe.
 */
public final class DriftLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DriftLoop.class);
  private static final Duration STOP = Duration.ofSeconds(5);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final int MOST_DEVIATIONS = 5;

  private final DriftCheck check;
  private final Duration interval;
  private final AtomicReference<@Nullable Thread> running = new AtomicReference<>();

  /**
   * @param interval between the end of a check and the beginning of the next; the first begins at
   *     once
   */
  public DriftLoop(DriftCheck check, Duration interval) {
    this.check = check;
    this.interval = interval;
  }

  /** Begins; a second call changes nothing. */
  public void start() {
    Thread thread = Thread.ofPlatform().daemon().name("drift").unstarted(this::loop);
    if (running.compareAndSet(null, thread)) {
      thread.start();
    }
  }

  /** Ends it, in the middle of a check too: what it has written down stays. */
  @Override
  public void close() {
    Thread thread = running.getAndSet(null);
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(STOP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (running.get() == Thread.currentThread()) {
      Duration pause = AGAIN;
      try {
        log(check.all(DriftListener.NONE));
        pause = interval;
      } catch (RuntimeException e) {
        if (running.get() == Thread.currentThread()) {
          LOG.warn("The schemas could not be checked; that is tried again in {}.", AGAIN, e);
        }
      } catch (Throwable e) {
        // Nobody would notice that this thread has ended.
        LOG.error("The check of schemas met an error; it goes on.", e);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void log(DriftReport report) {
    for (DriftResult result : report.in(DriftState.DRIFTED)) {
      List<Deviation> all = result.deviations();
      List<Deviation> first = all.subList(0, Math.min(MOST_DEVIATIONS, all.size()));
      LOG.warn(
          "The schema of tenant {} is not that of {}, in {} things: {}{}",
          result.tenant(),
          result.version(),
          all.size(),
          first,
          all.size() > first.size() ? " and more" : "");
    }
    report
        .in(DriftState.FAILED)
        .forEach(
            result ->
                LOG.warn(
                    "The schema of tenant {} could not be looked at: SQLSTATE {}.",
                    result.tenant(),
                    result.sqlState()));
    int unknown = report.in(DriftState.UNKNOWN_VERSION).size();
    if (unknown > 0) {
      LOG.warn(
          "{} of {} schemas were not compared: other changesets than this build's have run there.",
          unknown,
          report.results().size());
    }
    LOG.debug("Looked at {} schemas in {}.", report.results().size(), report.took());
  }
}

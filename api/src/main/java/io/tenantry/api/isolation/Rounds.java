package io.tenantry.api.isolation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the same done again and again, on a thread of its own that no failure ends. Thread-safe. */
final class Rounds {

  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final String name;
  private final Supplier<Duration> round;
  private final Duration afterFailure;
  private final AtomicReference<@Nullable Thread> running = new AtomicReference<>();

  /**
   * @param name of the thread, and in the log
   * @param round answers how long to wait for the next
   * @param afterFailure how long to wait behind a round that failed
   */
  Rounds(String name, Supplier<Duration> round, Duration afterFailure) {
    this.name = name;
    this.round = round;
    this.afterFailure = afterFailure;
  }

  /** Begins; a second call changes nothing. */
  void start() {
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(this::loop);
    if (running.compareAndSet(null, thread)) {
      thread.start();
    }
  }

  /** Interrupts the round under way and waits for its end, 5 seconds at most. */
  void stop() {
    Thread thread = running.getAndSet(null);
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      if (!thread.join(STOP)) {
        LOG.warn("A round of {} did not end in time.", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean running() {
    return running.get() != null;
  }

  private void loop() {
    while (running.get() == Thread.currentThread()) {
      Duration pause = afterFailure;
      try {
        pause = round.get();
      } catch (Throwable e) {
        // Nobody would notice that this thread has ended.
        LOG.error("{} met an error; it goes on.", name, e);
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}

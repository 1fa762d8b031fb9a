package io.tenantry.control;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at something in the database again and again, on one thread of its own. That a look fails
 * is logged once when it begins and once when it ends; whoever looks keeps the last state.
 * Thread-safe.
 */
final class Following implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Following.class);

  private final String name;
  private final Duration interval;
  private final Runnable look;
  private final AtomicReference<@Nullable Thread> poller = new AtomicReference<>();
  private volatile boolean away;

  /**
   * @param name of what is followed, for the thread and the log
   * @param interval between the end of a look and the next
   */
  Following(String name, Duration interval, Runnable look) {
    this.name = name;
    this.interval = interval;
    this.look = look;
  }

  /** Begins; a second call changes nothing. */
  void start() {
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(this::poll);
    if (poller.compareAndSet(null, thread)) {
      thread.start();
    }
  }

  /** Ends; waits for a look that is under way. */
  @Override
  public void close() {
    Thread thread = poller.getAndSet(null);
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void poll() {
    while (poller.get() == Thread.currentThread()) {
      try {
        look.run();
        if (away) {
          away = false;
          LOG.info("{} follows the database again.", name);
        }
      } catch (RuntimeException e) {
        if (!away) {
          away = true;
          LOG.warn("{} cannot be read; the last known state is served.", name, e);
        }
      } catch (Throwable e) {
        // Nobody would notice that this thread has ended.
        LOG.error("{} met an error; it goes on.", name, e);
      }
      try {
        Thread.sleep(interval);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}

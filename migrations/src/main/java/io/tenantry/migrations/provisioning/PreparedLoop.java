package io.tenantry.migrations.provisioning;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a pool of prepared tenants filled, on one thread of its own. A database that is away is
 * logged once, and asked again at each interval. Thread-safe.
 */
public final class PreparedLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PreparedLoop.class);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final PreparedPool pool;
  private final Duration interval;
  private final AtomicReference<@Nullable Thread> running = new AtomicReference<>();

  /**
   * @param interval between two looks at a full pool
   */
  public PreparedLoop(PreparedPool pool, Duration interval) {
    this.pool = pool;
    this.interval = interval;
  }

  /** Begins; a second call changes nothing. */
  public void start() {
    Thread thread = Thread.ofPlatform().daemon().name("prepared-tenants").unstarted(this::loop);
    if (running.compareAndSet(null, thread)) {
      thread.start();
    }
  }

  /**
   * Begins nothing more and waits for what is under way, 20 seconds at most; leases do the rest.
   */
  @Override
  public void close() {
    Thread thread = running.getAndSet(null);
    if (thread == null) {
      return;
    }
    try {
      if (!thread.join(STOP)) {
        LOG.warn("Tenants are still being made ahead; another worker will take them up.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    boolean away = false;
    while (running.get() == Thread.currentThread()) {
      int done = 0;
      try {
        done = pool.refill();
        away = false;
      } catch (RuntimeException e) {
        if (!away) {
          away = true;
          LOG.warn("No tenants can be made ahead; that is tried again every {}.", interval, e);
        }
      } catch (Throwable e) {
        // Nobody would notice that this thread has ended.
        LOG.error("Making tenants ahead met an error; it goes on.", e);
      }
      if (done == 0) {
        try {
          Thread.sleep(interval);
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }
}

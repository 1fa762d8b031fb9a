package io.tenantry.migrations.fanout;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out runs as they are asked for, on one thread of its own. A database that is away is
 * logged once, and asked again at each interval. Thread-safe.
 */
public final class FanOutLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FanOutLoop.class);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final FanOut fanOut;
  private final FanOutSettings settings;
  private final AtomicReference<@Nullable Thread> running = new AtomicReference<>();
  private boolean bringUp;

  public FanOutLoop(FanOut fanOut, FanOutSettings settings) {
    this.fanOut = fanOut;
    this.settings = settings;
    this.bringUp = settings.bringUp();
  }

  /** Begins; a second call changes nothing. */
  public void start() {
    Thread thread = Thread.ofPlatform().daemon().name("migrations").unstarted(this::loop);
    if (running.compareAndSet(null, thread)) {
      thread.start();
    }
  }

  /**
   * Begins no further tenant and waits for those under way, 20 seconds at most; the run is given
   * back, or left to its lease.
   */
  @Override
  public void close() {
    fanOut.stop();
    Thread thread = running.getAndSet(null);
    if (thread == null) {
      return;
    }
    try {
      if (!thread.join(STOP)) {
        LOG.warn("A tenant is still being changed; another worker will resume the run.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    boolean away = false;
    while (running.get() == Thread.currentThread()) {
      boolean worked = false;
      try {
        if (bringUp) {
          askForIt();
        }
        worked = fanOut.runNext(FanOutListener.NONE);
        if (away) {
          away = false;
          LOG.info("Runs are carried out again.");
        }
      } catch (RuntimeException e) {
        if (!away) {
          away = true;
          LOG.warn(
              "No run can be carried out; that is tried every {}.", settings.pollInterval(), e);
        }
      } catch (Throwable e) {
        // Nobody would notice that this thread has ended; the run waits for its lease.
        LOG.error("The runs met an error; they go on.", e);
      }
      if (!worked) {
        try {
          Thread.sleep(settings.pollInterval());
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  /** What keeps schemas from being brought up keeps nobody from asking for another run. */
  private void askForIt() {
    try {
      fanOut.bringUp();
    } catch (TenantryException e) {
      if (e.code() == ErrorCode.DATABASE_UNAVAILABLE) {
        throw e;
      }
      LOG.error("The schemas of tenants are not brought up: {}", e.detail());
    }
    bringUp = false;
  }
}

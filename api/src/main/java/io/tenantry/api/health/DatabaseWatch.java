package io.tenantry.api.health;

import io.tenantry.persistence.connection.DatabaseProbe;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks whether the database can be reached, again and again, on a thread of its own: the probe
 * blocks for as long as the database is away, and whoever asks for readiness does not wait that
 * long.
 */
@Component
class DatabaseWatch implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final DatabaseProbe probe;
  private volatile boolean reachable;
  private volatile boolean running;

  DatabaseWatch(DatabaseProbe probe) {
    this.probe = probe;
  }

  boolean reachable() {
    return reachable;
  }

  @Override
  public void start() {
    running = true;
    Thread.ofVirtual().name("database-watch").start(this::watch);
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void watch() {
    while (running) {
      reachable = look();
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean look() {
    try {
      return probe.reachable();
    } catch (RuntimeException e) {
      // A pool that cannot read its login throws what it likes; nothing is served then either.
      LOG.debug("The database cannot be looked for.", e);
      return false;
    } catch (Throwable e) {
      // Nobody would notice that this thread has ended, and its last word would stay.
      LOG.error("The look for the database met an error; it goes on.", e);
      return false;
    }
  }
}

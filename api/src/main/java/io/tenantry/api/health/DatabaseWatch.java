package io.tenantry.api.health;

import io.tenantry.persistence.connection.DatabaseProbe;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks whether the database can be reached, again and again, on a thread of its own: the probe
 * blocks for as long as the database is away, and whoever asks for readiness does not wait that
 * long.
 */
@Component
class DatabaseWatch implements SmartLifecycle {

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
      try {
        reachable = probe.reachable();
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // A pool without credentials throws what it likes; that is not reachable either.
        reachable = false;
      }
    }
  }
}

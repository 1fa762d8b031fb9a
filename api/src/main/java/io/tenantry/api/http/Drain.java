package io.tenantry.api.http;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the port open for a while after the stop has begun. The container, asked to stop, would
 * close its connections without a word; so callers are told where to go first.
 */
@Component
class Drain implements SmartLifecycle {

  private final Duration time;
  private volatile boolean running;

  Drain(HttpSettings settings) {
    this.time = settings.drain();
  }

  @Override
  public void start() {
    running = true;
  }

  /** Comes before the container's own stop, which has a lower phase. */
  @Override
  public void stop() {
    running = false;
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}

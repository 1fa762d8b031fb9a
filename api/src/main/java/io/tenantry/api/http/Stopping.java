package io.tenantry.api.http;

import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Knows whether this instance is on its way out. Thread-safe. */
@Component
public class Stopping {

  private final ApplicationContext context;
  private volatile boolean stopping;

  Stopping(ApplicationContext context) {
    this.context = context;
  }

  @EventListener
  void onClosed(ContextClosedEvent event) {
    // The management server's context is a child of this one, and its events come here too.
    if (event.getApplicationContext() == context) {
      stopping = true;
    }
  }

  /** Whether waiting for anything, or beginning anything new, should end. */
  public boolean now() {
    return stopping;
  }
}

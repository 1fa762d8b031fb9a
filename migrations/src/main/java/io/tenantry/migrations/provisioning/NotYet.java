package io.tenantry.migrations.provisioning;

import java.time.Duration;

/** A step waits for something; the operation is given back until then, which is no failure. */
public final class NotYet extends RuntimeException {

  private final Duration pause;

  /**
   * @param what it waits for, for the log
   * @param pause after which to look again
   */
  public NotYet(String what, Duration pause) {
    super(what, null, false, false);
    this.pause = pause;
  }

  Duration pause() {
    return pause;
  }
}

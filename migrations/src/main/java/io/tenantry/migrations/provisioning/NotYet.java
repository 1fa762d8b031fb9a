package io.tenantry.migrations.provisioning;

import java.time.Duration;

/** A step waits for something; the operation is given back until then, which is no failure. */
public final class NotYet extends RuntimeException {

  private final String what;
  private final Duration pause;

  /**
   * @param what it waits for; shown with the step and logged
   * @param pause after which to look again
   */
  public NotYet(String what, Duration pause) {
    super(what, null, false, false);
    this.what = what;
    this.pause = pause;
  }

  String what() {
    return what;
  }

  Duration pause() {
    return pause;
  }
}

package io.tenantry.control;

import io.tenantry.control.rounds.Ending;
import io.tenantry.control.rounds.Rounds;
import io.tenantry.control.rounds.Words;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at something in the database again and again; whoever looks keeps the last state. */
final class Following {

  private static final Logger LOG = LoggerFactory.getLogger(Following.class);

  private Following() {}

  /**
   * @param name of what is followed, for the thread and the log
   * @param interval between the end of a look and the next
   */
  static Rounds of(String name, Duration interval, Runnable look) {
    return new Rounds(
        name,
        Ending.INTERRUPTED,
        interval,
        new Words(
            LOG,
            name + " cannot be read; the last known state is served.",
            name + " follows the database again.",
            name + " is still being read."),
        () -> {
          look.run();
          return interval;
        });
  }
}

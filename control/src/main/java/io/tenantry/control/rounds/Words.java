package io.tenantry.control.rounds;

import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * What is logged of rounds, in whole sentences.
 *
 * @param log whose they are
 * @param level of {@code failing}
 * @param failing when a round fails and the one before did not; the failure follows
 * @param working when a round succeeds and the one before failed
 * @param late when a round that was under way at the end is still under way
 */
public record Words(Logger log, Level level, String failing, String working, String late) {

  /** As above; a failure is a warning. */
  public Words(Logger log, String failing, String working, String late) {
    this(log, Level.WARN, failing, working, late);
  }
}

package io.tenantry.control.rounds;

import java.time.Duration;

/** What becomes of a round that is under way when {@link Rounds} are ended. */
public enum Ending {
  /** It is interrupted, and waited for 5 seconds at most. */
  INTERRUPTED(Duration.ofSeconds(5)),

  /** It may come to its end, for which it has 20 seconds; leases and restarts do the rest. */
  AWAITED(Duration.ofSeconds(20));

  private final Duration patience;

  Ending(Duration patience) {
    this.patience = patience;
  }

  Duration patience() {
    return patience;
  }
}

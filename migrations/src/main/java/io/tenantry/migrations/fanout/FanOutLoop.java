package io.tenantry.migrations.fanout;

import io.tenantry.control.rounds.Ending;
import io.tenantry.control.rounds.Rounds;
import io.tenantry.control.rounds.Words;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out runs as they are asked for, on one thread of its own. A database that is away is
 * logged once, and asked again at each interval. Thread-safe.
 */
public final class FanOutLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FanOutLoop.class);

  private final FanOut fanOut;
  private final Duration pollInterval;
  private final Rounds rounds;
  private boolean bringUp;

  public FanOutLoop(FanOut fanOut, FanOutSettings settings) {
    this.fanOut = fanOut;
    this.pollInterval = settings.pollInterval();
    this.bringUp = settings.bringUp();
    this.rounds =
        new Rounds(
            "migrations",
            Ending.AWAITED,
            pollInterval,
            new Words(
                LOG,
                "No run can be carried out; that is tried every " + pollInterval + ".",
                "Runs are carried out again.",
                "A tenant is still being changed; another worker will resume the run."),
            this::round);
  }

  /** Begins; a second call changes nothing. */
  public void start() {
    rounds.start();
  }

  /**
   * Begins no further tenant and waits for those under way, 20 seconds at most; the run is given
   * back, or left to its lease.
   */
  @Override
  public void close() {
    fanOut.stop();
    rounds.close();
  }

  private Duration round() {
    if (bringUp) {
      askForIt();
    }
    return fanOut.runNext(FanOutListener.NONE) ? Duration.ZERO : pollInterval;
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

package io.tenantry.migrations.provisioning;

import io.tenantry.control.rounds.Ending;
import io.tenantry.control.rounds.Rounds;
import io.tenantry.control.rounds.Words;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a pool of prepared tenants filled, on one thread of its own. A database that is away is
 * logged once, and asked again at each interval. Thread-safe.
 */
public final class PreparedLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PreparedLoop.class);

  private final Rounds rounds;

  /**
   * @param interval between two looks at a full pool
   */
  public PreparedLoop(PreparedPool pool, Duration interval) {
    this.rounds =
        new Rounds(
            "prepared-tenants",
            Ending.AWAITED,
            interval,
            new Words(
                LOG,
                "No tenants can be made ahead; that is tried again every " + interval + ".",
                "Tenants can be made ahead again.",
                "Tenants are still being made ahead; another worker will take them up."),
            () -> pool.refill() > 0 ? Duration.ZERO : interval);
  }

  /** Begins; a second call changes nothing. */
  public void start() {
    rounds.start();
  }

  /**
   * Begins nothing more and waits for what is under way, 20 seconds at most; leases do the rest.
   */
  @Override
  public void close() {
    rounds.close();
  }
}

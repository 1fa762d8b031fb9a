package io.tenantry.migrations.purge;

import io.tenantry.control.By;
import io.tenantry.control.Started;
import io.tenantry.control.TenantPurges;
import io.tenantry.control.rounds.Ending;
import io.tenantry.control.rounds.Rounds;
import io.tenantry.control.rounds.Words;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for the purge of tenants whose retention is over, on a thread of its own; the provisioner
 * carries it out. Thread-safe.
 */
public final class PurgeSchedule implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PurgeSchedule.class);

  /** At a time: purges must not keep others waiting for the provisioner. */
  private static final int MOST = 10;

  private final TenantPurges purges;
  private final Duration least;
  private final Rounds rounds;

  /**
   * @param control a control login
   * @param least how long ago a tenant has to be deleted, even if it is to be retained for less
   * @param interval between two looks
   */
  public PurgeSchedule(DataSource control, Duration least, Duration interval) {
    this.purges = new TenantPurges(control);
    this.least = least;
    this.rounds =
        new Rounds(
            "purge-schedule",
            Ending.INTERRUPTED,
            interval,
            new Words(
                LOG,
                "Tenants whose retention is over could not be asked for.",
                "Tenants whose retention is over are asked for again.",
                "Tenants whose retention is over are still being asked for."),
            () -> {
              ask();
              return interval;
            });
  }

  /** Begins; a second call changes nothing. */
  public void start() {
    rounds.start();
  }

  /** Asks now, once, for some of those that are due. */
  public List<Started> ask() {
    List<Started> asked = purges.purgeDue(least, MOST, By.worker("purge-schedule"));
    asked.forEach(
        one -> LOG.info("Tenant {} is to be purged: its retention is over.", one.tenant().id()));
    return asked;
  }

  @Override
  public void close() {
    rounds.close();
  }
}

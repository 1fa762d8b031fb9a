package io.tenantry.migrations.fanout;

import io.tenantry.control.LeaseLostException;
import io.tenantry.control.MigrationClaims;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prolongs the lease of a run while it is carried out. Closed by who opened it. */
final class RunHeartbeat implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RunHeartbeat.class);

  private final Thread thread;

  /** A beat that is under way then is cut off, which is no news. */
  private volatile boolean closed;

  RunHeartbeat(MigrationClaims claims, UUID run, String worker, Duration lease) {
    this.thread =
        Thread.ofVirtual().name("heartbeat-" + run).start(() -> beat(claims, run, worker, lease));
  }

  private void beat(MigrationClaims claims, UUID run, String worker, Duration lease) {
    // Two beats may be lost before the lease is.
    Duration pause = lease.dividedBy(3);
    while (true) {
      try {
        Thread.sleep(pause);
        claims.heartbeat(run, worker, lease);
      } catch (InterruptedException | LeaseLostException e) {
        // Each tenant's transaction looks whose the run is, and stops the work.
        return;
      } catch (RuntimeException e) {
        if (closed) {
          return;
        }
        LOG.warn("The lease of run {} could not be prolonged.", run, e);
      } catch (Throwable e) {
        // This thread's end would end the lease, too, while the work goes on.
        LOG.error("The heartbeat of run {} met an error; it goes on.", run, e);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}

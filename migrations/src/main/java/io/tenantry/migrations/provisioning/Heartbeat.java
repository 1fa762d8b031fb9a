package io.tenantry.migrations.provisioning;

import io.tenantry.control.LeaseLostException;
import io.tenantry.control.OperationStore;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prolongs a lease while its work is carried out. Closed by who opened it. */
final class Heartbeat implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Thread thread;

  Heartbeat(OperationStore operations, UUID operation, String worker, Duration lease) {
    this("operation " + operation, lease, () -> operations.heartbeat(operation, worker, lease));
  }

  /**
   * @param what is held, to follow "the lease of"
   * @param beat prolongs it
   */
  Heartbeat(String what, Duration lease, Runnable beat) {
    this.thread =
        Thread.ofVirtual().name("heartbeat of " + what).start(() -> beat(what, lease, beat));
  }

  private static void beat(String what, Duration lease, Runnable beat) {
    // Two beats may be lost before the lease is.
    Duration pause = lease.dividedBy(3);
    while (true) {
      try {
        Thread.sleep(pause);
        beat.run();
      } catch (InterruptedException e) {
        return;
      } catch (LeaseLostException e) {
        // The next write of the work meets the same, and stops it.
        return;
      } catch (RuntimeException e) {
        LOG.warn("The lease of {} could not be prolonged.", what, e);
      } catch (Throwable e) {
        // This thread's end would end the lease, too, while the work goes on.
        LOG.error("The heartbeat of {} met an error; it goes on.", what, e);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

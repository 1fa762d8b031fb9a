package io.tenantry.migrations.lease;

import io.tenantry.control.LeaseLostException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prolongs a lease while its work is carried out. Closed by who opened it. */
public final class Heartbeat implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Thread thread;

  /** A beat that is under way then is cut off, which is no news. */
  private volatile boolean closed;

  /**
   * Begins, on a thread of its own.
   *
   * @param what is held, to follow "the lease of"
   * @param lease how long it lasts without a beat; there are three in that time
   * @param beat prolongs it; {@link LeaseLostException} ends the beats, since the next write of the
   *     work meets the same
   */
  public Heartbeat(String what, Duration lease, Runnable beat) {
    this.thread =
        Thread.ofVirtual().name("heartbeat of " + what).start(() -> beat(what, lease, beat));
  }

  private void beat(String what, Duration lease, Runnable beat) {
    // Two beats may be lost before the lease is.
    Duration pause = lease.dividedBy(3);
    while (true) {
      try {
        Thread.sleep(pause);
        beat.run();
      } catch (InterruptedException | LeaseLostException e) {
        return;
      } catch (RuntimeException e) {
        if (closed) {
          return;
        }
        LOG.warn("The lease of {} could not be prolonged.", what, e);
      } catch (Throwable e) {
        // This thread's end would end the lease, too, while the work goes on.
        LOG.error("The heartbeat of {} met an error; it goes on.", what, e);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}

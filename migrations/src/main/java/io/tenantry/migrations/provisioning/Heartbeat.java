package io.tenantry.migrations.provisioning;

import io.tenantry.control.LeaseLostException;
import io.tenantry.control.OperationStore;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prolongs the lease of an operation while it is carried out. Closed by who opened it. */
final class Heartbeat implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Thread thread;

  Heartbeat(OperationStore operations, UUID operation, String worker, Duration lease) {
    this.thread =
        Thread.ofVirtual()
            .name("heartbeat-" + operation)
            .start(() -> beat(operations, operation, worker, lease));
  }

  private static void beat(
      OperationStore operations, UUID operation, String worker, Duration lease) {
    // Two beats may be lost before the lease is.
    Duration pause = lease.dividedBy(3);
    while (true) {
      try {
        Thread.sleep(pause);
        operations.heartbeat(operation, worker, lease);
      } catch (InterruptedException e) {
        return;
      } catch (LeaseLostException e) {
        // The next write about the operation meets the same, and stops the work.
        return;
      } catch (RuntimeException e) {
        LOG.warn("The lease of operation {} could not be prolonged.", operation, e);
      } catch (Throwable e) {
        // This thread's end would end the lease, too, while the work goes on.
        LOG.error("The heartbeat of operation {} met an error; it goes on.", operation, e);
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}

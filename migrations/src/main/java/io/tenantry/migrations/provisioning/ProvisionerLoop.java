package io.tenantry.migrations.provisioning;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out operations as they come, on one thread of its own. A database that is away is logged
 * once, and asked again at each interval. Thread-safe.
 */
public final class ProvisionerLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProvisionerLoop.class);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration CANARIES_AGAIN = Duration.ofMinutes(1);

  private final Provisioner provisioner;
  private final Duration interval;

  /** When they are to be made; null when they are, or are not wanted. */
  private @Nullable Instant canariesDue;

  private final AtomicReference<@Nullable Thread> running = new AtomicReference<>();

  /**
   * @param interval between two looks at an empty queue
   */
  public ProvisionerLoop(Provisioner provisioner, Duration interval) {
    this(provisioner, interval, false);
  }

  /**
   * @param interval between two looks at an empty queue
   * @param canaries whether the canaries are made, before the first operation
   */
  public ProvisionerLoop(Provisioner provisioner, Duration interval, boolean canaries) {
    this.provisioner = provisioner;
    this.interval = interval;
    this.canariesDue = canaries ? Instant.EPOCH : null;
  }

  /** Begins; a second call changes nothing. */
  public void start() {
    Thread thread = Thread.ofPlatform().daemon().name("provisioner").unstarted(this::loop);
    if (running.compareAndSet(null, thread)) {
      thread.start();
    }
  }

  /**
   * Takes no further operation and waits for the one under way, 20 seconds at most; after that it
   * is left to its lease.
   */
  @Override
  public void close() {
    Thread thread = running.getAndSet(null);
    if (thread == null) {
      return;
    }
    try {
      if (!thread.join(STOP)) {
        LOG.warn("An operation is still under way; another worker will resume it.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What keeps them from being made must not keep other tenants waiting. */
  private void makeCanaries() {
    Instant due = canariesDue;
    if (due == null || Instant.now().isBefore(due)) {
      return;
    }
    try {
      provisioner.provisionCanaries();
      canariesDue = null;
    } catch (RuntimeException e) {
      if (e instanceof TenantryException known && known.code() == ErrorCode.DATABASE_UNAVAILABLE) {
        throw e;
      }
      canariesDue = Instant.now().plus(CANARIES_AGAIN);
      LOG.error("The canaries could not be made; that is tried again in {}.", CANARIES_AGAIN, e);
    }
  }

  private void loop() {
    boolean away = false;
    while (running.get() == Thread.currentThread()) {
      boolean worked = false;
      try {
        makeCanaries();
        worked = provisioner.runNext();
        if (away) {
          away = false;
          LOG.info("The provisioner works again.");
        }
      } catch (RuntimeException e) {
        if (!away) {
          away = true;
          LOG.warn("The provisioner cannot work; it tries again every {}.", interval, e);
        }
      } catch (Throwable e) {
        // Nobody would notice that this thread has ended; the operation waits for its lease.
        LOG.error("The provisioner met an error; it goes on.", e);
      }
      if (!worked) {
        try {
          Thread.sleep(interval);
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }
}

package io.tenantry.migrations.provisioning;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out operations as they come, on threads of its own, each a worker by itself. A database
 * that is away is logged once a thread, and asked again at each interval. Thread-safe.
 */
public final class ProvisionerLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProvisionerLoop.class);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final Duration CANARIES_AGAIN = Duration.ofMinutes(1);

  private final List<Provisioner> workers;
  private final Duration interval;

  /** When they are to be made; null when they are, or are not wanted. The first worker's. */
  private @Nullable Instant canariesDue;

  private final AtomicReference<@Nullable List<Thread>> running = new AtomicReference<>();

  /**
   * @param interval between two looks at an empty queue
   */
  public ProvisionerLoop(Provisioner provisioner, Duration interval) {
    this(provisioner, interval, false, 1);
  }

  /** One worker; {@code canaries} as below. */
  ProvisionerLoop(Provisioner provisioner, Duration interval, boolean canaries) {
    this(provisioner, interval, canaries, 1);
  }

  /**
   * @param interval between two looks at an empty queue
   * @param canaries whether the canaries are made, before the first operation of the first worker
   * @param workers how many operations are carried out at once, at least 1
   */
  public ProvisionerLoop(
      Provisioner provisioner, Duration interval, boolean canaries, int workers) {
    this.workers =
        IntStream.range(0, workers)
            .mapToObj(i -> i == 0 ? provisioner : provisioner.another())
            .toList();
    this.interval = interval;
    this.canariesDue = canaries ? Instant.EPOCH : null;
  }

  /** Begins; a second call changes nothing. */
  public void start() {
    List<Thread> threads =
        workers.stream()
            .map(
                worker ->
                    Thread.ofPlatform()
                        .daemon()
                        .name("provisioner-" + workers.indexOf(worker))
                        .unstarted(() -> loop(worker)))
            .toList();
    if (running.compareAndSet(null, threads)) {
      threads.forEach(Thread::start);
    }
  }

  /**
   * Takes no further operation and waits for those under way, 20 seconds at most; after that they
   * are left to their leases.
   */
  @Override
  public void close() {
    List<Thread> threads = running.getAndSet(null);
    if (threads == null) {
      return;
    }
    Instant end = Instant.now().plus(STOP);
    try {
      for (Thread thread : threads) {
        // Zero would wait for ever.
        Duration left = Duration.between(Instant.now(), end);
        if (!thread.join(left.isPositive() ? left : Duration.ofMillis(1))) {
          LOG.warn("An operation is still under way; another worker will resume it.");
        }
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
      workers.getFirst().provisionCanaries();
      canariesDue = null;
    } catch (RuntimeException e) {
      if (e instanceof TenantryException known && known.code() == ErrorCode.DATABASE_UNAVAILABLE) {
        throw e;
      }
      canariesDue = Instant.now().plus(CANARIES_AGAIN);
      LOG.error("The canaries could not be made; that is tried again in {}.", CANARIES_AGAIN, e);
    }
  }

  private boolean runs() {
    List<Thread> threads = running.get();
    return threads != null && threads.contains(Thread.currentThread());
  }

  private void loop(Provisioner worker) {
    boolean away = false;
    while (runs()) {
      boolean worked = false;
      try {
        if (worker == workers.getFirst()) {
          makeCanaries();
        }
        worked = worker.runNext();
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

package io.tenantry.migrations.provisioning;

import io.tenantry.control.rounds.Ending;
import io.tenantry.control.rounds.Rounds;
import io.tenantry.control.rounds.Words;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  private static final Duration CANARIES_AGAIN = Duration.ofMinutes(1);

  private final Provisioner first;
  private final List<Rounds> workers;

  /** When they are to be made; null when they are, or are not wanted. The first worker's. */
  private @Nullable Instant canariesDue;

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
    this.first = provisioner;
    this.canariesDue = canaries ? Instant.EPOCH : null;
    this.workers =
        IntStream.range(0, workers)
            .mapToObj(i -> rounds(i, i == 0 ? provisioner : provisioner.another(), interval))
            .toList();
  }

  private Rounds rounds(int number, Provisioner worker, Duration interval) {
    return new Rounds(
        "provisioner-" + number,
        Ending.AWAITED,
        interval,
        new Words(
            LOG,
            "The provisioner cannot work; it tries again every " + interval + ".",
            "The provisioner works again.",
            "An operation is still under way; another worker will resume it."),
        () -> {
          if (worker == first) {
            makeCanaries();
          }
          return worker.runNext() ? Duration.ZERO : interval;
        });
  }

  /** Begins; a second call changes nothing. */
  public void start() {
    workers.forEach(Rounds::start);
  }

  /**
   * Takes no further operation and waits for those under way, 20 seconds at most; after that they
   * are left to their leases.
   */
  @Override
  public void close() {
    Rounds.close(workers);
  }

  /** What keeps them from being made must not keep other tenants waiting. */
  private void makeCanaries() {
    Instant due = canariesDue;
    if (due == null || Instant.now().isBefore(due)) {
      return;
    }
    try {
      first.provisionCanaries();
      canariesDue = null;
    } catch (RuntimeException e) {
      if (e instanceof TenantryException known && known.code() == ErrorCode.DATABASE_UNAVAILABLE) {
        throw e;
      }
      canariesDue = Instant.now().plus(CANARIES_AGAIN);
      LOG.error("The canaries could not be made; that is tried again in {}.", CANARIES_AGAIN, e);
    }
  }
}

package io.tenantry.migrations.fanout;

import io.tenantry.control.By;
import io.tenantry.control.LeaseLostException;
import io.tenantry.control.MigrationClaims;
import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationRuns;
import io.tenantry.control.MigrationState;
import io.tenantry.control.RegisteredVersion;
import io.tenantry.migrations.lease.Heartbeat;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the runs that are asked for. A process that is killed loses nothing: each tenant's
 * change and its result are one transaction, and whoever claims the run next goes on behind it.
 * Thread-safe; blocks on the database.
 */
public final class FanOut {

  private static final Logger LOG = LoggerFactory.getLogger(FanOut.class);
  private static final Duration AGAIN = Duration.ofMillis(500);

  private final MigrationRuns runs;
  private final MigrationClaims claims;
  private final DataSource control;
  private final DataSource migrator;
  private final CapabilitySigner signer;
  private final Supplier<CompiledTree> tree;
  private final FanOutSettings settings;
  private final SchemaProof proof;
  private final String worker = "migrations-" + UUID.randomUUID();
  private volatile boolean stopping;

  /**
   * @param control a control login
   * @param migrator the DDL login, connections not pooled
   * @param signer for changesets that touch rows
   * @param tree what schemas are to have; asked once per run
   * @param proof looks at the schemas after each wave
   */
  public FanOut(
      DataSource control,
      DataSource migrator,
      CapabilitySigner signer,
      Supplier<CompiledTree> tree,
      FanOutSettings settings,
      SchemaProof proof) {
    this.runs = new MigrationRuns(control);
    this.claims = new MigrationClaims(control);
    this.control = control;
    this.migrator = migrator;
    this.signer = signer;
    this.tree = tree;
    this.settings = settings;
    this.proof = proof;
  }

  /**
   * Carries out the run that nobody holds, until it ends, pauses, or the database is away.
   *
   * @return whether there was one
   * @throws TenantryException with {@code database_unavailable}: the run is taken up by the next
   *     call, here or elsewhere
   */
  public boolean runNext(FanOutListener listener) {
    Optional<MigrationRun> claimed = claims.claim(worker, settings.lease());
    claimed.ifPresent(run -> carryOut(run, listener));
    return claimed.isPresent();
  }

  /**
   * Asks for a run and carries it out, or waits for the worker that does; returns when it has ended
   * or paused. A database that is away meanwhile is waited for.
   *
   * @throws TenantryException with {@code migration_unfinished} while there is another
   */
  public MigrationRun runNow(MigrationRequest request, By by, FanOutListener listener) {
    return untilItRests(runs.request(request, by).id(), listener);
  }

  /** Carries out a run that is asked for, as {@link #runNow}. */
  public MigrationRun untilItRests(UUID id, FanOutListener listener) {
    while (true) {
      try {
        runNext(listener);
        MigrationRun run = runs.find(id).orElseThrow();
        if (run.state().finished() || run.state() == MigrationState.PAUSED) {
          return run;
        }
      } catch (TenantryException e) {
        if (e.code() != ErrorCode.DATABASE_UNAVAILABLE) {
          throw e;
        }
        LOG.warn("The database is away; the run waits for it.", e);
      }
      LockSupport.parkNanos(AGAIN.toNanos());
      if (Thread.currentThread().isInterrupted() || stopping) {
        throw new IllegalStateException("Stopped while run " + id + " was under way.");
      }
    }
  }

  /**
   * What a run would do to the registered schemas: how many are not at the newest version.
   *
   * @throws TenantryException with {@code migration_refused} when none could begin
   */
  public int behind() {
    Plan plan = tree.get().plan();
    try {
      return new RunChecks(control, migrator)
          .known(plan).stream()
              .filter(version -> !version.version().equals(plan.version()))
              .mapToInt(RegisteredVersion::schemas)
              .sum();
    } catch (RunRefused e) {
      throw new TenantryException(ErrorCode.MIGRATION_REFUSED, String.valueOf(e.getMessage()), e);
    }
  }

  /** Asks for a run when schemas are behind and there is none. */
  public void bringUp() {
    int behind = behind();
    if (behind == 0 || runs.unfinished().isPresent()) {
      return;
    }
    LOG.info("{} schemas are behind this build; they are brought up.", behind);
    try {
      runs.request(MigrationRequest.up(), By.worker(worker));
    } catch (TenantryException e) {
      if (e.code() != ErrorCode.MIGRATION_UNFINISHED) {
        throw e;
      }
      LOG.info("Another instance was faster.");
    }
  }

  /** Begins no further tenant; a run that is under way is given back. */
  public void stop() {
    stopping = true;
  }

  private void carryOut(MigrationRun run, FanOutListener listener) {
    Runnable beat = () -> claims.heartbeat(run.id(), worker, settings.lease());
    try (Heartbeat _ = new Heartbeat("run " + run.id(), settings.lease(), beat)) {
      CompiledTree compiled = tree.get();
      RunSteps steps =
          new RunSteps(
              run,
              worker,
              compiled,
              control,
              migrator,
              signer,
              settings,
              proof,
              listener,
              () -> stopping);
      try {
        steps.begin();
      } catch (RunRefused e) {
        LOG.warn("Run {} is refused: {}", run.id(), e.getMessage());
        claims.finish(run.id(), worker, false, ErrorCode.MIGRATION_REFUSED, e.getMessage());
        return;
      }
      end(run.id(), steps.wavesUntilTheEnd());
    } catch (LeaseLostException e) {
      LOG.warn("{} Another worker has it.", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      claims.giveBack(run.id(), worker);
    }
  }

  private void end(UUID id, RunSteps.End end) {
    MigrationRun now = runs.find(id).orElseThrow();
    int failed = now.counts().failed();
    int all = now.counts().total();
    switch (end) {
      case DONE -> {
        LOG.info("Run {} has ended: {} of {} tenants failed.", id, failed, all);
        claims.finish(
            id,
            worker,
            failed == 0,
            failed == 0 ? null : ErrorCode.MIGRATION_FAILURES,
            failed == 0 ? null : failed + " of " + all + " tenants failed.");
      }
      case STOPPED -> {
        if (now.pauseRequested()) {
          claims.paused(id, worker, null, null);
        } else {
          claims.giveBack(id, worker);
        }
      }
      case TOO_MANY_FAILURES ->
          claims.paused(
              id,
              worker,
              ErrorCode.MIGRATION_FAILURES,
              failed
                  + " of "
                  + all
                  + " tenants failed; the budget is "
                  + now.failureBudget()
                  + ".");
      case CANARY_FAILED ->
          claims.paused(
              id, worker, ErrorCode.MIGRATION_FAILURES, "A tenant of the first wave failed.");
    }
  }

  static boolean reverts(MigrationRun run) {
    return run.direction() == MigrationDirection.REVERT;
  }
}

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
import io.tenantry.control.SqlFailures;
import io.tenantry.migrations.lease.Heartbeat;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.FieldError;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.util.List;
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
  private final OtherBuilds others;
  private volatile boolean stopping;

  /**
   * @param control a control login
   * @param migrator the DDL login, connections not pooled
   * @param signer for changesets that touch rows
   * @param tree what schemas are to have; asked when there is a run
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
    this.others = new OtherBuilds(tree, settings.lease());
  }

  /**
   * Carries out the run that nobody holds, until it ends, pauses, or the database is away. One that
   * is for another build, since this one does not know where it goes, what began it, or a schema's
   * version, is left to that.
   *
   * @return whether there was one
   * @throws TenantryException with {@code database_unavailable}: the run is taken up by the next
   *     call, here or elsewhere
   */
  public boolean runNext(FanOutListener listener) {
    Optional<MigrationRun> claimed = claims.claim(worker, settings.lease(), others);
    claimed.ifPresent(run -> carryOut(run, listener));
    return claimed.isPresent();
  }

  /**
   * Asks for a run and carries it out, or waits for the worker that does; returns when it has ended
   * or paused, or when it is left to another build: it is QUEUED then, with {@code
   * migration_refused} and the reason. A database that is away meanwhile is waited for. Where the
   * request says no target, it is this build's newest version, whoever carries it out.
   *
   * @throws TenantryException with {@code migration_unfinished} while there is another, {@code
   *     validation_failed} when this build does not have its target
   */
  public MigrationRun runNow(MigrationRequest request, By by, FanOutListener listener) {
    return untilItRests(runs.request(here(request), by).id(), listener);
  }

  /**
   * The same request, made explicit: to this build's newest version, where it says none.
   *
   * @throws TenantryException with {@code validation_failed} when this build does not have its
   *     target
   */
  public MigrationRequest here(MigrationRequest request) {
    Plan plan = tree.get().plan();
    String target = request.target();
    if (target != null && plan.count(target).isEmpty()) {
      String why = RunRefused.unknown(target).why();
      throw new TenantryException(
          ErrorCode.VALIDATION_FAILED, why, List.of(new FieldError("/target", "unknown", why)));
    }
    return request.direction() == MigrationDirection.UP && target == null
        ? request.to(plan.version())
        : request;
  }

  /** Carries out a run that is asked for, as {@link #runNow}. */
  public MigrationRun untilItRests(UUID id, FanOutListener listener) {
    while (true) {
      try {
        runNext(listener);
        MigrationRun run = runs.find(id).orElseThrow();
        boolean left = run.state() == MigrationState.QUEUED && others.has(id);
        if (run.state().finished() || run.state() == MigrationState.PAUSED || left) {
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
      throw new TenantryException(ErrorCode.MIGRATION_REFUSED, e.why(), e);
    }
  }

  /** Asks for a run to this build's version when schemas are behind it and there is none. */
  public void bringUp() {
    int behind = behind();
    if (behind == 0 || runs.unfinished().isPresent()) {
      return;
    }
    LOG.info("{} schemas are behind this build; they are brought up.", behind);
    try {
      runs.request(here(MigrationRequest.up()), By.worker(worker));
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
      try {
        RunSteps steps =
            new RunSteps(
                run,
                worker,
                tree.get(),
                control,
                migrator,
                signer,
                settings,
                proof,
                listener,
                () -> stopping);
        steps.begin();
        RunSteps.End end = steps.wavesUntilTheEnd();
        end(run.id(), end, steps.unproven());
      } catch (RunRefused e) {
        refuse(run.id(), e);
      } catch (LeaseLostException e) {
        throw e;
      } catch (RuntimeException e) {
        breakOff(run.id(), e);
      }
    } catch (LeaseLostException e) {
      LOG.warn("{} Another worker has it.", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      claims.giveBack(run.id(), worker);
    }
  }

  /** What has changed nothing has failed; what has begun waits for somebody to look at it. */
  private void refuse(UUID id, RunRefused refusal) {
    if (refusal.elsewhere()) {
      others.leave(id, refusal.why());
      claims.leave(id, worker, refusal.why());
      return;
    }
    LOG.warn("Run {} is refused: {}", id, refusal.why());
    if (claims.read(id).planHash() == null) {
      claims.finish(id, worker, false, ErrorCode.MIGRATION_REFUSED, refusal.why());
    } else {
      claims.paused(id, worker, ErrorCode.MIGRATION_REFUSED, refusal.why());
    }
  }

  /** What would come again at every try is for somebody to look at. */
  private void breakOff(UUID id, RuntimeException failure) {
    if (failure instanceof TenantryException known
        && known.code() == ErrorCode.DATABASE_UNAVAILABLE) {
      throw failure;
    }
    LOG.error("Run {} is paused, since it cannot go on.", id, failure);
    claims.paused(
        id,
        worker,
        ErrorCode.MIGRATION_REFUSED,
        "It cannot go on: " + SqlFailures.inWords(failure));
  }

  private void end(UUID id, RunSteps.End end, int unproven) {
    MigrationRun now = runs.find(id).orElseThrow();
    int failed = now.counts().failed();
    int all = now.counts().total();
    switch (end) {
      case DONE -> {
        LOG.info("Run {} has ended: {} of {} tenants failed.", id, failed, all);
        String words = failed == 0 ? "" : failed + " of " + all + " tenants failed.";
        if (unproven > 0) {
          LOG.warn("Run {} has not proven {} schemas: they were locked.", id, unproven);
          words =
              (words + " " + unproven + " changed, but were locked and are not proven.").strip();
        }
        claims.finish(
            id,
            worker,
            failed == 0,
            failed == 0 ? null : ErrorCode.MIGRATION_FAILURES,
            words.isEmpty() ? null : words);
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

package io.tenantry.migrations.fanout;

import io.tenantry.control.MigrationClaims;
import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationReview;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.MigrationTask;
import io.tenantry.control.MigrationWork;
import io.tenantry.control.WaitingTenant;
import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One worker's way through one run. Used once, by one thread. */
final class RunSteps {

  /** How it ended. */
  enum End {
    DONE,
    STOPPED,
    TOO_MANY_FAILURES,
    CANARY_FAILED
  }

  private static final String UNPROVEN =
      "It has changed, but its schema was locked at each look and is not proven; the next look for"
          + " drift tells.";

  private final MigrationRun run;
  private final String worker;
  private final CompiledTree tree;
  private final DataSource migrator;
  private final CapabilitySigner signer;
  private final FanOutSettings settings;
  private final SchemaProof proof;
  private final FanOutListener listener;
  private final BooleanSupplier stopping;
  private final MigrationWork work;
  private final MigrationReview review;
  private final MigrationClaims claims;
  private final RunChecks checks;
  private int failuresLeft;
  private int unproven;

  RunSteps(
      MigrationRun run,
      String worker,
      CompiledTree tree,
      DataSource control,
      DataSource migrator,
      CapabilitySigner signer,
      FanOutSettings settings,
      SchemaProof proof,
      FanOutListener listener,
      BooleanSupplier stopping) {
    this.run = run;
    this.worker = worker;
    this.tree = tree;
    this.migrator = migrator;
    this.signer = signer;
    this.settings = settings;
    this.proof = proof;
    this.listener = listener;
    this.stopping = stopping;
    this.work = new MigrationWork(control);
    this.review = new MigrationReview(control);
    this.claims = new MigrationClaims(control);
    this.checks = new RunChecks(control, migrator);
    this.failuresLeft = run.failureBudget() - run.counts().failed() + run.acceptedFailures();
  }

  /**
   * Looks whether it may begin, and gives it its tenants; on a run that was begun already, those
   * that have come since.
   *
   * @throws RunRefused when it must not begin; nothing has changed then
   */
  void begin() {
    if (!work.ready()) {
      throw RunRefused.platformBehind();
    }
    RunPlan plan = RunPlan.of(run, tree.plan(), checks.known(tree.plan()));
    List<WaitingTenant> waiting = waiting(plan.versions());
    if (FanOut.reverts(run)) {
      waiting.forEach(
          tenant ->
              RunPlan.demandRollbacks(
                  tree.plan(),
                  RunPlan.count(tree.plan(), tenant.version()),
                  RunPlan.count(tree.plan(), back(tenant))));
    }
    claims.start(run.id(), worker, tree.textHash(), plan.targetVersion(tree.plan()));
    add(waiting, plan, 0);
  }

  /** Wave after wave, until nothing is left or something stops it. */
  End wavesUntilTheEnd() throws InterruptedException {
    int last = -1;
    boolean begun = run.counts().total() > 0;
    boolean stopped = false;
    while (!stopping.getAsBoolean()) {
      if (begun) {
        settle();
      }
      if (stopped) {
        return End.STOPPED;
      }
      if (failuresLeft < 0) {
        return End.TOO_MANY_FAILURES;
      }
      List<MigrationTask> tasks = work.nextWave(run.id());
      if (tasks.isEmpty()) {
        if (more(last + 1)) {
          continue;
        }
        if (proof != SchemaProof.NONE) {
          unproven = review.leaveUnproven(run.id(), worker, UNPROVEN);
        }
        review.over(run.id(), worker);
        return End.DONE;
      }
      int number = tasks.getFirst().wave();
      if (number > 0 && review.firstWaveFailed(run.id())) {
        return End.CANARY_FAILED;
      }
      if (tasks.stream().allMatch(task -> task.attempts() > 0)) {
        rest();
      }
      last = Math.max(last, number);
      begun = true;
      Wave wave = wave(tasks);
      listener.wave(run, number, tasks.size());
      wave.run();
      failuresLeft = wave.failuresLeft();
      stopped = wave.stopped();
    }
    return End.STOPPED;
  }

  /** How many tenants have changed, but could not be looked at until the end. */
  int unproven() {
    return unproven;
  }

  /** Looks at what was changed, by a worker before this one too: it may have died before it did. */
  private void settle() throws InterruptedException {
    // A commit that waits for the disk, and so for those of the wave before it.
    claims.heartbeat(run.id(), worker, settings.lease());
    // One that somebody else holds at that moment is looked at again.
    for (int i = 0; i < settings.busyAttempts() && !stopping.getAsBoolean(); i++) {
      Map<String, Set<TenantId>> unproven = review.unproven(run.id());
      if (unproven.isEmpty()) {
        break;
      }
      if (i > 0) {
        rest();
      }
      unproven.forEach(this::prove);
      if (proof == SchemaProof.NONE) {
        break;
      }
    }
    work.release(worker);
  }

  private Wave wave(List<MigrationTask> tasks) {
    return new Wave(
        run,
        worker,
        tasks,
        failuresLeft,
        work,
        migrator,
        new TenantChange(tree, run.id(), run.direction(), worker, signer, settings),
        settings,
        listener,
        stopping);
  }

  /** Tenants that were made meanwhile by a build that is behind, or ahead of, the run's target. */
  private boolean more(int wave) {
    RunPlan plan = RunPlan.of(started(), tree.plan(), checks.known(tree.plan()));
    List<WaitingTenant> waiting = waiting(plan.versions());
    add(waiting, plan, wave);
    return !waiting.isEmpty();
  }

  /** DOWN counts its steps once, from what there was when it began. */
  private MigrationRun started() {
    return claims.read(run.id());
  }

  private List<WaitingTenant> waiting(List<String> versions) {
    return run.direction() == MigrationDirection.REVERT
        ? work.changedBy(Objects.requireNonNull(run.reverts()), run.id(), run.canaries())
        : work.inNeed(run.id(), run.canaries(), versions);
  }

  private void add(List<WaitingTenant> waiting, RunPlan plan, int firstWave) {
    if (waiting.isEmpty()) {
      return;
    }
    Function<WaitingTenant, String> target =
        FanOut.reverts(run) ? RunSteps::back : _ -> tree.plan().versionAt(plan.target());
    int first = run.counts().total() > 0 ? work.lastWave(run.id()) + 1 : firstWave;
    work.add(
        run.id(),
        worker,
        Waves.assign(waiting, first, !run.canaries().isEmpty(), run.wavePercents(), target));
  }

  private void prove(String version, Set<TenantId> changed) {
    for (TenantId wrong : proof.differing(changed, version)) {
      failuresLeft--;
      work.failed(
          run.id(),
          worker,
          wrong,
          changeSet(version),
          null,
          "Its catalog is not what its version makes.",
          false);
    }
  }

  private String changeSet(String version) {
    return version.equals(Plan.NOTHING) ? tree.plan().changeSets().getFirst().id() : version;
  }

  private void rest() throws InterruptedException {
    long end = System.nanoTime() + settings.busyPause().toNanos();
    while (!stopping.getAsBoolean() && System.nanoTime() - end < 0) {
      Thread.sleep(Math.min(100, settings.busyPause().toMillis()));
    }
  }

  private static String back(WaitingTenant tenant) {
    @Nullable String back = tenant.back();
    return Objects.requireNonNull(back);
  }
}

package io.tenantry.migrations.fanout;

import io.tenantry.control.MigrationDirection;
import io.tenantry.control.MigrationRun;
import io.tenantry.control.RegisteredVersion;
import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a run goes and which versions are not there yet. Immutable.
 *
 * @param target how many changesets are to have run; below 0: each schema its own, of a REVERT
 * @param versions those that are not there yet
 */
record RunPlan(int target, List<String> versions) {

  private static final int EACH_ITS_OWN = -1;

  /**
   * @param known the versions that there are, all of them in the plan
   * @throws RunRefused when the run cannot be as asked for
   */
  static RunPlan of(MigrationRun run, Plan plan, List<RegisteredVersion> known) {
    if (run.direction() == MigrationDirection.REVERT) {
      return new RunPlan(EACH_ITS_OWN, List.of());
    }
    boolean up = run.direction() == MigrationDirection.UP;
    int target = target(run, plan, known);
    List<String> versions =
        known.stream()
            .map(RegisteredVersion::version)
            .distinct()
            .filter(version -> up ? count(plan, version) < target : count(plan, version) > target)
            .toList();
    if (!up) {
      versions.forEach(version -> demandRollbacks(plan, count(plan, version), target));
    }
    return new RunPlan(target, versions);
  }

  /** What is written down of it: null where each schema has a target of its own. */
  @Nullable String targetVersion(Plan plan) {
    return target == EACH_ITS_OWN ? null : plan.versionAt(target);
  }

  /** Refuses when one of those that would be taken back says no rollback. */
  static void demandRollbacks(Plan plan, int from, int to) {
    for (ChangeSet change : plan.changeSets().subList(Math.min(from, to), from)) {
      if (change.rollback() == null) {
        throw new RunRefused(
            "Changeset " + change.id() + " says no rollback, so nothing can go below it.");
      }
    }
  }

  static int count(Plan plan, String version) {
    return plan.count(version).orElseThrow(() -> RunRefused.unknown(version));
  }

  private static int target(MigrationRun run, Plan plan, List<RegisteredVersion> known) {
    String said = run.target();
    if (said != null) {
      return count(plan, said);
    }
    Integer steps = run.steps();
    if (steps == null) {
      return plan.changeSets().size();
    }
    int highest =
        known.stream().mapToInt(version -> count(plan, version.version())).max().orElse(0);
    if (steps > highest) {
      throw new RunRefused(
          "The highest version is "
              + highest
              + " changesets from the start; "
              + steps
              + " steps down are too many.");
    }
    return highest - steps;
  }
}

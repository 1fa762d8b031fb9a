package io.tenantry.migrations.fanout;

import io.tenantry.migrations.plan.CompiledTree;
import io.tenantry.migrations.plan.Plan;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a build can carry out: while it is rolled out, runs of the one before and of the one after
 * it are there, too. A tree grows at its end alone, so a build knows what earlier ones have begun.
 *
 * @param textHashes of its own tree, and of each that it has grown from
 */
record KnownPlans(Plan plan, Set<String> textHashes) {

  KnownPlans {
    textHashes = Set.copyOf(textHashes);
  }

  static KnownPlans of(CompiledTree tree) {
    return new KnownPlans(tree.plan(), Set.copyOf(tree.textHashes()));
  }

  /**
   * Why a run is another build's; null: it is not.
   *
   * @param target id of a changeset; empty: before the first; null: not said
   * @param textHash of the build that began it; null: none did
   */
  @Nullable String refusal(@Nullable String target, @Nullable String textHash) {
    if (target != null && plan.count(target).isEmpty()) {
      return RunRefused.unknown(target).why();
    }
    return textHash == null || textHashes.contains(textHash)
        ? null
        : "A build with other changesets, or other rollbacks, has begun the run. It waits for that"
            + " build, or for a later one; or pause it, and revert it then.";
  }
}

package io.tenantry.migrations.fanout;

import io.tenantry.control.ClaimRule;
import io.tenantry.migrations.plan.CompiledTree;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which runs are left to other builds, and why; each is logged once. Thread-safe. */
final class OtherBuilds implements ClaimRule {

  private static final Logger LOG = LoggerFactory.getLogger(OtherBuilds.class);

  private final Supplier<CompiledTree> tree;
  private final long pauseNanos;
  private final Map<UUID, Left> left = new ConcurrentHashMap<>();
  private final Set<UUID> told = ConcurrentHashMap.newKeySet();

  /**
   * @param until when it is not taken up again, whatever it says; what keeps it from here may pass
   */
  private record Left(String why, long until) {}

  /**
   * @param pause how long a run stays left that was claimed before it was seen to be another's
   */
  OtherBuilds(Supplier<CompiledTree> tree, Duration pause) {
    this.tree = tree;
    this.pauseNanos = pause.toNanos();
  }

  @Override
  public @Nullable String refusal(UUID run, @Nullable String target, @Nullable String planHash) {
    Left before = left.get(run);
    if (before != null && System.nanoTime() - before.until() < 0) {
      return before.why();
    }
    String why = KnownPlans.of(tree.get()).refusal(target, planHash);
    if (why == null) {
      left.remove(run);
    } else {
      leave(run, why, 0);
    }
    return why;
  }

  /** It is not claimed here for a while. */
  void leave(UUID run, String why) {
    leave(run, why, pauseNanos);
  }

  private void leave(UUID run, String why, long nanos) {
    left.put(run, new Left(why, System.nanoTime() + nanos));
    if (told.add(run)) {
      LOG.info("Run {} is left to another build. {}", run, why);
    }
  }

  /** Whether it was left when it was last looked at. */
  boolean has(UUID run) {
    return left.containsKey(run);
  }
}

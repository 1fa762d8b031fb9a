package io.tenantry.control;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides whether a worker's build can carry a run out. Called inside a transaction; is quick. */
@FunctionalInterface
public interface ClaimRule {

  /**
   * Why the run is left to another build; null: it may be claimed.
   *
   * @param target as of {@link MigrationRun#target}
   * @param planHash as of {@link MigrationRun#planHash}
   */
  @Nullable String refusal(UUID run, @Nullable String target, @Nullable String planHash);
}

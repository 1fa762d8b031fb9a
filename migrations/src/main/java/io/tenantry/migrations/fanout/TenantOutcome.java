package io.tenantry.migrations.fanout;

import org.jspecify.annotations.Nullable;

/** What became of one tenant's turn. */
public sealed interface TenantOutcome {

  /** It has the version that it was to have. */
  record Changed() implements TenantOutcome {}

  /**
   * A lock was not to be had in time; its turn comes again.
   *
   * @param holdBack whether what it lacks is needed, should this have been its last turn
   */
  record Busy(String changeSet, String sqlState, boolean holdBack) implements TenantOutcome {}

  /**
   * It stays where it was.
   *
   * @param changeSet in which it failed, or that would have been the first
   * @param sqlState null: for the reason in {@code detail}
   * @param holdBack whether what it lacks is needed
   */
  record Failed(
      String changeSet, @Nullable String sqlState, @Nullable String detail, boolean holdBack)
      implements TenantOutcome {}

  /** Somebody else has changed or removed it meanwhile. */
  record Overtaken() implements TenantOutcome {}

  /** The run is paused, or another worker's by now. */
  record Stopped() implements TenantOutcome {}
}

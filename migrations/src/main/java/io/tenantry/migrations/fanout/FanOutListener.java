package io.tenantry.migrations.fanout;

import io.tenantry.control.MigrationRun;
import io.tenantry.tenancy.TenantId;

/**
 * Is told how a run goes on. Called by several threads at once; must not block for long, and what
 * it throws ends the run.
 */
public interface FanOutListener {

  /** Hears nothing. */
  FanOutListener NONE = new FanOutListener() {};

  /** A wave begins; {@code tenants} have their turn in it. */
  default void wave(MigrationRun run, int number, int tenants) {}

  /** A tenant has had its turn. */
  default void tenant(MigrationRun run, TenantId tenant, TenantOutcome outcome) {}
}

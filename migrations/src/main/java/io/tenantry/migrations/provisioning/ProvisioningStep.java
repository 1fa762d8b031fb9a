package io.tenantry.migrations.provisioning;

import io.tenantry.control.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * A step that may be repeated at any time: after a crash it is not known how far it came.
 *
 * @param name as shown in the operation
 */
public record ProvisioningStep(String name, Action action) {

  @FunctionalInterface
  public interface Action {
    /** Answers what the operation should say about it, null for nothing. */
    @Nullable String run(Tenant tenant);
  }
}

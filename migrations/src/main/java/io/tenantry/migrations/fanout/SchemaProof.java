package io.tenantry.migrations.fanout;

import io.tenantry.tenancy.TenantId;
import java.util.Set;

/**
 * Looks after each wave whether the schemas are what their version says. May block; called by one
 * thread at a time; may be called again for the same tenants.
 */
@FunctionalInterface
public interface SchemaProof {

  /** Looks at nothing. */
  SchemaProof NONE = (_, _) -> Set.of();

  /**
   * Which of them are not as they should be; a failure to look at all is an exception.
   *
   * @param changed the tenants that a wave has brought to {@code version}
   * @param version id of their last changeset; empty: none
   */
  Set<TenantId> differing(Set<TenantId> changed, String version);
}

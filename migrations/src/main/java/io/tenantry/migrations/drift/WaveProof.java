package io.tenantry.migrations.drift;

import io.tenantry.migrations.fanout.SchemaProof;
import io.tenantry.tenancy.TenantId;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the schemas of a wave with what their version makes: the run counts one that is another
 * as failed. One that somebody else is changing meanwhile is left to the next check. Thread-safe;
 * blocks on the database.
 */
public final class WaveProof implements SchemaProof {

  private final DriftCheck check;

  public WaveProof(DriftCheck check) {
    this.check = check;
  }

  @Override
  public Set<TenantId> differing(Set<TenantId> changed, String version) {
    return check.of(changed).in(DriftState.DRIFTED).stream()
        .map(DriftResult::tenant)
        .collect(Collectors.toUnmodifiableSet());
  }
}

package io.tenantry.migrations.drift;

import io.tenantry.tenancy.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check has found of one tenant. Immutable.
 *
 * @param version of its schema, as the registry has it
 * @param deviations in what it differs, by object; empty unless it has drifted
 * @param sqlState why it could not be looked at; null unless it failed
 */
public record DriftResult(
    TenantId tenant,
    String version,
    DriftState state,
    List<Deviation> deviations,
    @Nullable String sqlState) {

  public DriftResult {
    deviations = List.copyOf(deviations);
  }

  static DriftResult of(TenantId tenant, String version, DriftState state) {
    return new DriftResult(tenant, version, state, List.of(), null);
  }
}

package io.tenantry.api.isolation;

import io.tenantry.api.isolation.IsolationState.Check;
import io.tenantry.api.isolation.IsolationState.Look;
import io.tenantry.control.Tenant;
import io.tenantry.persistence.prober.ProbeResult;
import io.tenantry.persistence.prober.ProbeResult.Outcome;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.names.TenantNames;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One tenant, looked at from inside now, and what the catalog last said of it. */
record TenantIsolationDocument(UUID tenantId, String slug, Proof proof, Catalog catalog) {

  /**
   * What was seen just now.
   *
   * @param whyNot why it could not be looked, null when it could
   */
  record Proof(
      Outcome outcome, Instant at, @Nullable String whyNot, List<FindingDocument> findings) {}

  /**
   * The findings of the last look at the catalog that name the tenant's schema or role.
   *
   * @param at null when it was not looked at yet
   */
  record Catalog(@Nullable Instant at, List<FindingDocument> findings) {}

  static TenantIsolationDocument of(
      Tenant tenant, ProbeResult result, Instant at, IsolationState state) {
    Optional<Look> look = state.last(Check.CATALOG);
    List<Finding> named =
        look.map(Look::findings).orElse(List.of()).stream()
            .filter(finding -> names(finding, tenant))
            .toList();
    return new TenantIsolationDocument(
        tenant.id().value(),
        tenant.slug().value(),
        new Proof(
            result.outcome(),
            at,
            result.whyNot().isEmpty() ? null : result.whyNot(),
            FindingDocument.of(result.findings())),
        new Catalog(look.map(Look::at).orElse(null), FindingDocument.of(named)));
  }

  private static boolean names(Finding finding, Tenant tenant) {
    return finding.object().contains(TenantNames.schema(tenant.id()))
        || finding.object().contains(TenantNames.role(tenant.id()));
  }
}

package io.tenantry.api.isolation;

import io.tenantry.api.problems.Shown;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantDirectory;
import io.tenantry.control.TenantStore;
import io.tenantry.persistence.prober.IsolationProber;
import io.tenantry.persistence.prober.ProbeResult;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells operators what is known of isolation; answered whether or not tenants are served. */
@RestController
@RequestMapping(path = "/admin/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class IsolationController {

  private final IsolationState state;
  private final IsolationProber prober;
  private final TenantStore tenants;
  private final TenantDirectory directory;

  IsolationController(
      IsolationState state,
      IsolationProber prober,
      TenantStore tenants,
      TenantDirectory directory) {
    this.state = state;
    this.prober = prober;
    this.tenants = tenants;
    this.directory = directory;
  }

  @GetMapping("/isolation")
  IsolationDocument read() {
    return IsolationDocument.of(state);
  }

  @GetMapping("/tenants/{slug}/isolation")
  TenantIsolationDocument readOf(@PathVariable("slug") String slug) {
    Tenant tenant = existing(slug).flatMap(tenants::findBySlug).orElseThrow(() -> missing(slug));
    return TenantIsolationDocument.of(tenant, look(tenant), Instant.now(), state);
  }

  private ProbeResult look(Tenant tenant) {
    // In every other state its role or schema is not there, not whole, or about to be replaced.
    if (tenant.state() != TenantState.ACTIVE && tenant.state() != TenantState.SUSPENDED) {
      return new ProbeResult(List.of(), "The tenant is " + tenant.state() + ".");
    }
    List<Tenant> canaries = directory.canaries();
    return canaries.isEmpty()
        ? new ProbeResult(List.of(), "There is no canary whose rows could be looked for.")
        : prober.lookInside(tenant.id(), canaries.getFirst().id());
  }

  private static Optional<TenantSlug> existing(String slug) {
    return slug.matches(TenantSlug.PATTERN) ? Optional.of(new TenantSlug(slug)) : Optional.empty();
  }

  private static TenantryException missing(String slug) {
    return new TenantryException(
        ErrorCode.NOT_FOUND, "There is no tenant '" + Shown.brief(slug) + "'.");
  }
}

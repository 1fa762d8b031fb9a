package io.tenantry.api.isolation;

import io.tenantry.api.admin.TenantPath;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantStore;
import java.time.Instant;
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
  private final Freshness freshness;
  private final InsideLooks inside;
  private final TenantStore tenants;

  IsolationController(
      IsolationState state, Freshness freshness, InsideLooks inside, TenantStore tenants) {
    this.state = state;
    this.freshness = freshness;
    this.inside = inside;
    this.tenants = tenants;
  }

  @GetMapping("/isolation")
  IsolationDocument read() {
    return IsolationDocument.of(state, freshness);
  }

  @GetMapping("/tenants/{slug}/isolation")
  TenantIsolationDocument readOf(@PathVariable("slug") String slug) {
    Tenant tenant = TenantPath.tenant(slug, tenants);
    return TenantIsolationDocument.of(tenant, inside.look(tenant), Instant.now(), state);
  }
}

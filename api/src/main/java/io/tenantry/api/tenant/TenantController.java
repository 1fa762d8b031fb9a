package io.tenantry.api.tenant;

import io.tenantry.control.Tenant;
import io.tenantry.control.TenantDirectory;
import io.tenantry.tenancy.TenantContext;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/tenant", produces = MediaType.APPLICATION_JSON_VALUE)
class TenantController {

  private final TenantDirectory directory;

  TenantController(TenantDirectory directory) {
    this.directory = directory;
  }

  @GetMapping
  TenantView read() {
    Tenant tenant =
        directory
            .find(TenantContext.required())
            .orElseThrow(
                () ->
                    new TenantryException(
                        ErrorCode.TENANT_UNKNOWN, "The token's tenant is not served here."));
    return new TenantView(
        tenant.id().value(),
        tenant.slug().value(),
        tenant.displayName(),
        tenant.state(),
        LimitsView.of(tenant.limits()));
  }

  /** What a tenant is told about itself. */
  record TenantView(
      UUID id, String slug, String displayName, TenantState status, LimitsView limits) {}
}

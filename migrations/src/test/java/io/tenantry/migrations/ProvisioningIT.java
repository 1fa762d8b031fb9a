package io.tenantry.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.Tenant;
import io.tenantry.tenancy.TenantState;
import org.junit.jupiter.api.Test;

class ProvisioningIT {

  private final TestPlatform platform = TestPlatform.installed("provisioning");

  @Test
  void aTenantIsMade() {
    Tenant acme = platform.provisioner().provisionNow("acme", "Acme Trading");
    assertThat(acme.state()).isEqualTo(TenantState.ACTIVE);
    Tenant globex = platform.provisioner().provisionNow("globex", "Globex");
    assertThat(globex.state()).isEqualTo(TenantState.ACTIVE);
    assertThat(globex.schemaVersion()).isEqualTo("access-tenant-0002-desk-orders");
    assertThat(platform.provisioner().provisionNow("globex", "Globex")).isEqualTo(globex);
  }
}

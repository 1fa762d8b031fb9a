package io.tenantry.migrations.drift;

import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.TwoTenants;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.tenancy.TenantId;
import java.sql.SQLException;

/** A platform with two tenants, and what their schemas should be. */
final class Drifting {

  private static final TwoTenants TENANTS = new TwoTenants("drifting");
  static final TestPlatform PLATFORM = TENANTS.platform();
  static final TenantId ACME = TENANTS.acme();
  static final TenantId GLOBEX = TENANTS.globex();
  static final Plan PLAN = PlanCompiler.tenantTree().plan();
  static final GoldenSchemas GOLDEN =
      new GoldenSchemas(PLATFORM.as(Duty.MIGRATE), PLATFORM.signer());

  private Drifting() {}

  static DriftCheck check(boolean quarantine) {
    return new DriftCheck(PLATFORM.as(Duty.CONTROL), GOLDEN, () -> PLAN, quarantine);
  }

  static String named(String text) {
    return TENANTS.named(text);
  }

  static void asSuperuser(String sql) throws SQLException {
    TENANTS.asSuperuser(sql);
  }
}

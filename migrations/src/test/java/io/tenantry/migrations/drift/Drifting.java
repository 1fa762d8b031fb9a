package io.tenantry.migrations.drift;

import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;

/** A platform with two tenants, and what their schemas should be. */
final class Drifting {

  static final TestPlatform PLATFORM = TestPlatform.installed("drifting");
  static final TenantId ACME = PLATFORM.provisioner().provisionNow("acme", "Acme").id();
  static final TenantId GLOBEX = PLATFORM.provisioner().provisionNow("globex", "Globex").id();
  static final Plan PLAN = PlanCompiler.tenantTree().plan();
  static final GoldenSchemas GOLDEN =
      new GoldenSchemas(PLATFORM.as(Duty.MIGRATE), PLATFORM.signer());

  private Drifting() {}

  static DriftCheck check(boolean quarantine) {
    return new DriftCheck(PLATFORM.as(Duty.CONTROL), GOLDEN, () -> PLAN, quarantine);
  }

  /** In {@code text}, what stands for the tenants' schemas is filled in. */
  static String named(String text) {
    return text.replace("<acme>", TenantNames.schema(ACME))
        .replace("<globex>", TenantNames.schema(GLOBEX));
  }

  static void asSuperuser(String sql) throws SQLException {
    try (Connection superuser = PLATFORM.superuser()) {
      TestPlatform.execute(superuser, named(sql));
    }
  }
}

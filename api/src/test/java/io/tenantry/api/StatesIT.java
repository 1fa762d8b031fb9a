package io.tenantry.api;

import io.tenantry.control.By;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.control.TenantTransitions;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatesIT {

  private static final By TEST = By.worker("test");

  private final ApiServer api = ApiServer.shared();
  private final ApiServer.Platform platform = ApiServer.platform();

  @ParameterizedTest
  @CsvSource({
    "PENDING,409,tenant_not_ready",
    "PROVISIONING,409,tenant_not_ready",
    "FAILED,409,tenant_not_ready",
    "OFFBOARDING,403,tenant_unknown"
  })
  void aTenantThatWasNeverActiveIsRefused(TenantState state, int status, String code) {
    TenantId tenant =
        new TenantStore(platform.control())
            .put(TenantSpec.of(slug("new-", state), "New"), null, false, TEST)
            .tenant()
            .id();
    TenantTransitions transitions = new TenantTransitions(platform.control());
    if (state == TenantState.FAILED) {
      transitions.move(tenant, TenantState.PROVISIONING, TEST);
    }
    transitions.move(tenant, state, TEST);

    eventually(tenant, status, code);
  }

  @ParameterizedTest
  @CsvSource({
    "SUSPENDED,403,tenant_suspended",
    "RESTORING,409,tenant_restoring",
    "OFFBOARDING,403,tenant_unknown",
    "RETAINED,403,tenant_unknown",
    "PURGED,403,tenant_unknown"
  })
  void aTenantThatIsNoLongerActiveIsRefused(TenantState state, int status, String code) {
    TenantId tenant = active(slug("old-", state));
    TenantTransitions transitions = new TenantTransitions(platform.control());
    if (state == TenantState.RETAINED || state == TenantState.PURGED) {
      transitions.move(tenant, TenantState.OFFBOARDING, TEST);
      transitions.move(tenant, TenantState.RETAINED, TEST);
    }
    transitions.move(tenant, state, TEST);

    eventually(tenant, status, code);
  }

  @Test
  void aTenantThatNobodyKnowsIsRefused() {
    TenantId nobody = TenantId.parse("01890000-0000-7000-8000-000000000000");

    api.get("/v1/tenant")
        .token(platform.tokens().tenant(nobody))
        .send()
        .isProblem(403, "tenant_unknown");
  }

  @Test
  void aQuarantinedTenantIsRefused() throws SQLException {
    TenantId tenant = active(new TenantSlug("held-back"));
    try (Connection connection =
            TestPostgres.shared().connectAsSuperuser(platform.address().database());
        PreparedStatement statement =
            connection.prepareStatement(
                "update tenantry_control.tenants set quarantined = true where id = ?")) {
      statement.setObject(1, tenant.value());
      statement.executeUpdate();
    }

    eventually(tenant, 403, "tenant_quarantined");
  }

  private TenantId active(TenantSlug slug) {
    return platform.provisioner().provisionNow(slug.value(), "Was active").id();
  }

  private void eventually(TenantId tenant, int status, String code) {
    String token = platform.tokens().tenant(tenant);
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> api.get("/v1/tenant").token(token).send().isProblem(status, code));
  }

  private static TenantSlug slug(String prefix, TenantState state) {
    return new TenantSlug(prefix + state.name().toLowerCase(Locale.ROOT));
  }
}

package io.tenantry.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.By;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantDirectory;
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
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
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
    // Else a tenant that nobody has seen yet would be as unknown as one that is gone.
    eventually(tenant, 409, "tenant_not_ready");
    TenantTransitions transitions = new TenantTransitions(platform.control());
    if (state == TenantState.FAILED) {
      transitions.move(tenant, TenantState.PROVISIONING, TEST);
    }
    transitions.move(tenant, state, TEST);

    seenAs(tenant, state);
    call(tenant).isProblem(status, code);
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
    soon(() -> call(tenant).is(200));
    TenantTransitions transitions = new TenantTransitions(platform.control());
    if (state == TenantState.RETAINED || state == TenantState.PURGED) {
      transitions.move(tenant, TenantState.OFFBOARDING, TEST);
      transitions.move(tenant, TenantState.RETAINED, TEST);
    }
    transitions.move(tenant, state, TEST);

    seenAs(tenant, state);
    call(tenant).isProblem(status, code);
  }

  @Test
  void aTenantThatNobodyKnowsIsRefused() {
    TenantId nobody = TenantId.parse("01890000-0000-7000-8000-000000000000");

    eventually(nobody, 403, "tenant_unknown");
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
    soon(() -> call(tenant).isProblem(status, code));
  }

  /** States share answers: this one has arrived, not one that the tenant passed through. */
  private void seenAs(TenantId tenant, TenantState state) {
    TenantDirectory directory = api.bean(TenantDirectory.class);
    Optional<TenantState> seen =
        state == TenantState.PURGED ? Optional.empty() : Optional.of(state);
    soon(() -> assertThat(directory.find(tenant).map(Tenant::state)).isEqualTo(seen));
  }

  private Answer call(TenantId tenant) {
    return api.get("/v1/tenant").token(platform.tokens().tenant(tenant)).send();
  }

  private static void soon(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(assertion);
  }

  private static TenantSlug slug(String prefix, TenantState state) {
    return new TenantSlug(prefix + state.name().toLowerCase(Locale.ROOT));
  }
}

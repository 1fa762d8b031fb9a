package io.tenantry.migrations.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tenantry.control.By;
import io.tenantry.control.MigrationClaims;
import io.tenantry.control.MigrationRequest;
import io.tenantry.control.MigrationRuns;
import io.tenantry.control.MigrationTask;
import io.tenantry.control.MigrationWork;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A run has met the schema of a tenant that was still being made. */
class MadeAfterAFailureIT {

  private static final By TEST = By.worker("test");
  private static final int TABLES = 3;

  private final TestPlatform platform = TestPlatform.installed("made_after_a_failure");
  private final DutyDataSource control = platform.as(Duty.CONTROL);
  private final TenantStore tenants = new TenantStore(control);

  /** Not an exception: what a killed process leaves is what this leaves. */
  private static final class Killed extends Error {}

  @Test
  void whoWasHeldBackByARunServesWhenItsSchemaHasBeenMadeSince() throws SQLException {
    TenantId tenant = diesBehindTheTables("held-back");
    runFailsOn(tenant);
    assertThat(tenants.findById(tenant).orElseThrow().quarantined()).isTrue();

    Tenant made = madeByAnother(tenant);

    assertThat(made.quarantined()).isFalse();
    assertThat(heldBack(tenant)).containsExactly("f");
    assertThat(quarantines(tenant)).containsExactly("tenant.quarantine", "tenant.unquarantine");
  }

  /** The steps that are done are not done again: the failure is still there. */
  @Test
  void whoseSchemaHasNotBeenMadeSinceIsHeldOn() throws SQLException {
    TenantId tenant = diesBehindTheTables("held-on");
    control(
        "update tenantry_control.operation_steps set state = 'SUCCEEDED', finished_at = now() where"
            + " number = 4 and operation_id = (select o.id from tenantry_control.operations o where"
            + " o.tenant_id = '%s')",
        tenant);
    runFailsOn(tenant);

    Tenant made = madeByAnother(tenant);

    assertThat(made.quarantined()).isTrue();
    assertThat(heldBack(tenant)).containsExactly("t");
  }

  @Test
  void aQuarantineThatWasSetByHandStays() throws SQLException {
    TenantId tenant = diesBehindTheTables("by-hand");
    control("update tenantry_control.tenants set quarantined = true where id = '%s'", tenant);
    runFailsOn(tenant);

    assertThat(madeByAnother(tenant).quarantined()).isTrue();
    assertThat(quarantines(tenant)).isEmpty();
  }

  private TenantId diesBehindTheTables(String slug) {
    TenantId tenant =
        tenants.put(TenantSpec.of(new TenantSlug(slug), slug), null, false, TEST).tenant().id();
    List<ProvisioningStep> deadly =
        new ArrayList<>(
            new ProvisioningSteps(
                    control, platform.as(Duty.MIGRATE), platform.as(Duty.APP), platform.signer())
                .inOrder());
    ProvisioningStep whole = deadly.get(TABLES);
    deadly.set(
        TABLES,
        new ProvisioningStep(
            whole.name(),
            making -> {
              whole.action().run(making);
              throw new Killed();
            }));
    assertThatThrownBy(new Provisioner(control, deadly, Duration.ofMillis(300))::runNext)
        .isInstanceOf(Killed.class);
    return tenant;
  }

  private void runFailsOn(TenantId tenant) throws SQLException {
    UUID run = new MigrationRuns(control).request(MigrationRequest.up(), TEST).id();
    MigrationClaims claims = new MigrationClaims(control);
    assertThat(claims.claim("w", Duration.ofMinutes(1), (_, _, _) -> null)).isPresent();
    MigrationWork work = new MigrationWork(control);
    work.add(run, "w", List.of(new MigrationTask(tenant, 0, "", "", 0)));
    work.failed(run, "w", tenant, "a-changeset", "55P03", null, true);
    claims.finish(run, "w", false, null, null);
  }

  private Tenant madeByAnother(TenantId tenant) {
    Provisioner other = platform.provisioner();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              other.runNext();
              return tenants.findById(tenant).orElseThrow().state() == TenantState.ACTIVE;
            });
    return tenants.findById(tenant).orElseThrow();
  }

  private void control(String sql, TenantId tenant) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      TestPlatform.execute(superuser, sql.formatted(tenant));
    }
  }

  private List<String> heldBack(TenantId tenant) throws SQLException {
    return rows(
        "select held_back from tenantry_control.tenant_schemas where tenant_id = '%s'", tenant);
  }

  private List<String> quarantines(TenantId tenant) throws SQLException {
    return rows(
        "select action from tenantry_control.audit_events where action like '%%quarantine'"
            + " and tenant_id = '%s' order by occurred_at, id",
        tenant);
  }

  private List<String> rows(String sql, TenantId tenant) throws SQLException {
    try (Connection superuser = platform.superuser()) {
      return TestPlatform.rows(superuser, sql.formatted(tenant));
    }
  }
}

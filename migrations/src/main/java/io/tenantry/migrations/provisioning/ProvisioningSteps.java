package io.tenantry.migrations.provisioning;

import io.tenantry.control.Tenant;
import io.tenantry.control.TenantStore;
import io.tenantry.migrations.changelog.TenantMigration;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The steps that make a tenant, in their order. The last, ACTIVE, is the provisioner's own. */
final class ProvisioningSteps {

  private final TenantRoles roles;
  private final TenantMigration migration;
  private final MadeSchema made;
  private final NeighbourProof proof;
  private final TenantStore tenants;

  ProvisioningSteps(
      DataSource control, DataSource migrator, DataSource app, CapabilitySigner signer) {
    this.roles = new TenantRoles(migrator);
    this.migration = new TenantMigration(migrator, signer);
    this.made = new MadeSchema(control, migrator, signer);
    this.proof = new NeighbourProof(migrator, app, signer);
    this.tenants = new TenantStore(control);
  }

  List<ProvisioningStep> inOrder() {
    return List.of(
        step("reserve-names", roles::reserveNames),
        step("role", roles::createRole),
        step("schema", roles::createSchema),
        new ProvisioningStep("tables", tenant -> migration.create(tenant.id())),
        step("fingerprint", made::demandSame),
        step("probe-row", proof::writeProbe),
        new ProvisioningStep("neighbour-proof", this::prove));
  }

  private String prove(Tenant tenant) {
    Optional<TenantId> neighbour = tenants.anyActiveBut(tenant.id()).map(Tenant::id);
    return proof.prove(tenant.id(), neighbour);
  }

  @FunctionalInterface
  private interface Silent {
    void run(TenantId tenant);
  }

  private static ProvisioningStep step(String name, Silent action) {
    return new ProvisioningStep(
        name,
        new ProvisioningStep.Action() {
          @Override
          public @Nullable String run(Tenant tenant) {
            action.run(tenant.id());
            return null;
          }
        });
  }
}

package io.tenantry.migrations.purge;

import io.tenantry.control.EndRecord;
import io.tenantry.control.FencedTransaction;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationKind;
import io.tenantry.control.PurgeInventories;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantStore;
import io.tenantry.control.certificate.Certificates;
import io.tenantry.control.certificate.PurgeCertificate;
import io.tenantry.control.certificate.PurgeItem;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.migrations.provisioning.Procedure;
import io.tenantry.migrations.provisioning.ProvisioningStep;
import io.tenantry.migrations.provisioning.TenantRoles;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Removes a tenant for good: from RETAINED to PURGED, with a certificate. What goes wrong leaves
 * the tenant RETAINED; from the first step on it cannot be undeleted.
 */
public final class Purge implements Procedure {

  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
  private static final String RESIDUE = "residue";

  private final EndRecord record;
  private final PurgeInventories inventories;
  private final TenantStore tenants;
  private final TenantRoles roles;
  private final Inventory inventory;
  private final Removal removal;
  private final Residue residue;
  private final CredentialSource credentials;

  /**
   * @param control a control login
   * @param migrator the DDL login, connections not pooled
   * @param backup the login that sees behind every policy, to count and to look for residue
   * @param credentials for the key that signs certificates
   */
  public Purge(
      DataSource control,
      DataSource migrator,
      DataSource backup,
      CapabilitySigner signer,
      CredentialSource credentials) {
    this.record = new EndRecord(control);
    this.inventories = new PurgeInventories(control);
    this.tenants = new TenantStore(control);
    this.roles = new TenantRoles(migrator);
    this.inventory = new Inventory(backup);
    this.removal =
        new Removal(
            migrator, new FencedTransaction(migrator, signer, STATEMENT_TIMEOUT, LOCK_TIMEOUT));
    this.residue = new Residue(backup, credentials);
    this.credentials = credentials;
  }

  @Override
  public OperationKind kind() {
    return OperationKind.PURGE;
  }

  @Override
  public Tenant begin(Operation operation, String worker) {
    return record.beginPurge(operation, worker);
  }

  @Override
  public List<ProvisioningStep> steps(Operation operation) {
    return List.of(
        // Before anything is gone: without a key there will be no certificate.
        new ProvisioningStep(
            "signing-key", _ -> Certificates.keyId(credentials.certificateKey().getPublic())),
        step(operation, "inventory", this::takeInventory),
        step(operation, "clients", removal::clients),
        step(operation, "answers", removal::answers),
        step(operation, "shared-rows", removal::sharedRows),
        step(operation, "schema", removal::schema),
        new ProvisioningStep(
            "role", tenant -> roles.dropRole(tenant.id()) ? null : "others depend on it"),
        step(operation, RESIDUE, residue::demandNone));
  }

  private static ProvisioningStep step(
      Operation operation, String name, Function<Subject, String> action) {
    return new ProvisioningStep(name, tenant -> action.apply(new Subject(operation, tenant)));
  }

  private String takeInventory(Subject subject) {
    List<PurgeItem> items = inventories.find(subject.operation());
    if (items.isEmpty()) {
      items = inventory.look(subject);
      String worker = subject.operation().worker();
      inventories.keep(subject.operation(), worker == null ? "" : worker, items);
    }
    return PurgePreview.inWords(items);
  }

  /** A certificate never rests on what an earlier worker has seen. */
  @Override
  public boolean repeats(ProvisioningStep step) {
    return step.name().equals(RESIDUE);
  }

  @Override
  public String lastStep() {
    return "purged";
  }

  @Override
  public Tenant complete(Operation operation, String worker, int number, List<String> details) {
    Tenant tenant = tenants.findById(operation.tenant()).orElseThrow();
    Subject subject = new Subject(operation, tenant);
    List<PurgeItem> removed =
        inventories.find(operation).stream().filter(item -> item.rows() > 0).toList();
    List<PurgeCertificate.Remaining> remaining = residue.remaining(subject);
    Function<Instant, PurgeCertificate> certificate =
        at ->
            new PurgeCertificate(
                tenant.id(),
                PurgeCertificate.hash(tenant.slug().value()),
                operation.id(),
                tenant.createdAt(),
                tenant.end().deletedAt(),
                tenant.end().purgeAfter(),
                at,
                removed,
                residue.searched(),
                remaining);
    return record.purged(
        operation,
        worker,
        number,
        at -> Certificates.sign(certificate.apply(at).document(), credentials.certificateKey()));
  }

  @Override
  public void fail(Operation operation, String worker, ErrorCode code, String detail) {
    record.fail(operation, worker, code, detail);
  }

  @Override
  public ErrorCode failure() {
    return ErrorCode.OPERATION_FAILED;
  }
}

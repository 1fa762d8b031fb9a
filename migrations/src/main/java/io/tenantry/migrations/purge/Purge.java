package io.tenantry.migrations.purge;

import io.tenantry.control.EndRecord;
import io.tenantry.control.FencedTransaction;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationKind;
import io.tenantry.control.OperationStep;
import io.tenantry.control.OperationStore;
import io.tenantry.control.PurgeInventories;
import io.tenantry.control.PurgeRecord;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantStore;
import io.tenantry.control.certificate.Certificates;
import io.tenantry.control.certificate.PurgeCertificate;
import io.tenantry.control.certificate.PurgeItem;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.migrations.offboarding.RunningTransactions;
import io.tenantry.migrations.provisioning.EndingProcedure;
import io.tenantry.migrations.provisioning.ProvisioningStep;
import io.tenantry.migrations.provisioning.TenantRoles;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Removes a tenant for good: from RETAINED to PURGED, with a certificate. What goes wrong leaves
 * the tenant RETAINED; it can be held until nothing is waited for any more that may still write.
 */
public final class Purge extends EndingProcedure {

  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
  private static final String ROLE = "role";
  private static final String RESIDUE = "residue";
  private static final String TRANSACTIONS_ENDED = "transactions-ended";
  private static final String INVENTORY = "inventory";
  private static final String LATE_ROWS = "late-rows";

  private static final Set<String> REPEATED =
      Set.of(TRANSACTIONS_ENDED, INVENTORY, LATE_ROWS, RESIDUE);

  private final PurgeRecord purged;
  private final PurgeInventories inventories;
  private final OperationStore operations;
  private final TenantStore tenants;
  private final RunningTransactions running;
  private final TenantRoles roles;
  private final Inventory inventory;
  private final Removal removal;
  private final Residue residue;
  private final CredentialSource credentials;

  /**
   * @param control a control login
   * @param migrator the DDL login; may be a pool
   * @param backup the login that sees behind every policy, to count and to look for residue
   * @param monitor a login that sees other sessions' transactions
   * @param credentials for the key that signs certificates
   */
  public Purge(
      DataSource control,
      DataSource migrator,
      DataSource backup,
      DataSource monitor,
      CapabilitySigner signer,
      CredentialSource credentials) {
    super(OperationKind.PURGE, "purged", new EndRecord(control));
    FencedTransaction fenced =
        new FencedTransaction(migrator, signer, STATEMENT_TIMEOUT, LOCK_TIMEOUT);
    this.purged = new PurgeRecord(fenced);
    this.operations = new OperationStore(control);
    this.running = new RunningTransactions(monitor);
    this.inventories = new PurgeInventories(control);
    this.tenants = new TenantStore(control);
    this.roles = new TenantRoles(migrator);
    this.inventory = new Inventory(backup);
    this.removal = new Removal(migrator, fenced);
    this.residue = new Residue(backup, credentials);
    this.credentials = credentials;
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
        // What was begun before may still write, and commit behind the search.
        new ProvisioningStep(TRANSACTIONS_ENDED, tenant -> awaitEarlier(operation, tenant)),
        step(operation, INVENTORY, this::takeInventory),
        step(operation, "clients", removal::clients),
        step(operation, "shared-rows", removal::sharedRows),
        step(operation, "schema", removal::schema),
        new ProvisioningStep(
            ROLE, tenant -> roles.dropRole(tenant.id()) ? null : "others depend on it"),
        step(operation, LATE_ROWS, this::removeLate),
        step(operation, "names", removal::names),
        step(operation, RESIDUE, residue::demandNone));
  }

  /** That may last; so it is only behind it that nobody can hold the tenant back any more. */
  private String awaitEarlier(Operation operation, Tenant tenant) {
    String ended = running.awaitAllBefore(tenant, Objects.requireNonNull(operation.startedAt()));
    record.beginRemoval(operation, Objects.requireNonNull(operation.worker()));
    return ended;
  }

  /**
   * An instance that has not felt the deletion may have let requests in until now. Without the role
   * nobody enters the tenant any more: what those have left who did before is the last of it.
   */
  private String removeLate(Subject subject) {
    Instant roleGone =
        operations.steps(subject.operation().id()).stream()
            .filter(step -> step.name().equals(ROLE))
            .map(OperationStep::finishedAt)
            .findFirst()
            .orElseThrow();
    running.awaitAllBefore(subject.tenant(), Objects.requireNonNull(roleGone));
    return removal.clients(subject) + "; rows: " + removal.sharedRows(subject);
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
      purged.inventory(subject.operation(), worker == null ? "" : worker, items);
    }
    return PurgePreview.inWords(items);
  }

  /**
   * A certificate never rests on what an earlier worker has seen, nor on a step that a stolen login
   * could have written down as done.
   */
  @Override
  public boolean repeats(ProvisioningStep step) {
    return REPEATED.contains(step.name());
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
    return purged.purged(
        operation,
        worker,
        number,
        connection -> NamedRows.removeAll(connection, subject),
        at -> Certificates.sign(certificate.apply(at).document(), credentials.certificateKey()));
  }
}

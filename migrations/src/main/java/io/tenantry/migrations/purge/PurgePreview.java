package io.tenantry.migrations.purge;

import io.tenantry.control.EndRecord;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationKind;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantStore;
import io.tenantry.control.certificate.PurgeItem;
import io.tenantry.migrations.provisioning.EndingProcedure;
import io.tenantry.migrations.provisioning.ProvisioningStep;
import io.tenantry.tenancy.TenantState;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The dry run of a purge: says what it would remove, in the operation's step, and changes nothing.
 */
public final class PurgePreview extends EndingProcedure {

  private final TenantStore tenants;
  private final Inventory inventory;

  /**
   * @param control a control login
   * @param backup the login that sees behind every policy
   */
  public PurgePreview(DataSource control, DataSource backup) {
    super(OperationKind.PURGE_PREVIEW, "allowed", new EndRecord(control));
    this.tenants = new TenantStore(control);
    this.inventory = new Inventory(backup);
  }

  @Override
  public Tenant begin(Operation operation, String worker) {
    return record.begin(operation, worker, TenantState.RETAINED);
  }

  @Override
  public List<ProvisioningStep> steps(Operation operation) {
    return List.of(
        new ProvisioningStep(
            "inventory",
            tenant -> "would remove: " + inWords(inventory.look(new Subject(operation, tenant)))));
  }

  /** Each place that has something, with its number. */
  static String inWords(List<PurgeItem> items) {
    String words =
        items.stream()
            .filter(item -> item.rows() > 0)
            .map(item -> item.place() + " " + item.rows())
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "nothing" : words;
  }

  @Override
  public boolean repeats(ProvisioningStep step) {
    return true;
  }

  @Override
  public Tenant complete(Operation operation, String worker, int number, List<String> details) {
    Tenant tenant = tenants.findById(operation.tenant()).orElseThrow();
    String hold = tenant.end().hold() == null ? "no hold" : "held: nothing is purged";
    record.succeed(operation, worker, number, "from " + tenant.end().purgeAfter() + " on; " + hold);
    return tenant;
  }
}

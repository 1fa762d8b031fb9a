package io.tenantry.migrations.offboarding;

import io.tenantry.control.EndRecord;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationKind;
import io.tenantry.control.Tenant;
import io.tenantry.migrations.provisioning.EndingProcedure;
import io.tenantry.migrations.provisioning.ProvisioningStep;
import io.tenantry.tenancy.TenantState;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Ends the service of a tenant: from OFFBOARDING to RETAINED. Every instance refuses its requests
 * from the moment it feels the deletion; here that is waited for, and then for the transactions
 * that were begun before. Sessions of other logins of the tenant's own are to be ended in a step
 * between these two and the last.
 */
public final class Offboarding extends EndingProcedure {

  private final RunningTransactions running;
  private final Duration feltWithin;
  private final Duration longestWait;

  /**
   * @param control a control login
   * @param monitor a login that sees other sessions' transactions
   * @param feltWithin how long until every instance has felt a deletion; 0 or more
   * @param longestWait how long transactions are waited for after that; 0 or more
   */
  public Offboarding(
      DataSource control, DataSource monitor, Duration feltWithin, Duration longestWait) {
    super(OperationKind.OFFBOARD, "retained", new EndRecord(control));
    this.running = new RunningTransactions(monitor);
    this.feltWithin = feltWithin;
    this.longestWait = longestWait;
  }

  @Override
  public Tenant begin(Operation operation, String worker) {
    return record.begin(operation, worker, TenantState.OFFBOARDING);
  }

  @Override
  public List<ProvisioningStep> steps(Operation operation) {
    return List.of(
        new ProvisioningStep("refused-everywhere", tenant -> running.awaitFelt(tenant, feltWithin)),
        new ProvisioningStep(
            "transactions-ended", tenant -> running.awaitEnd(tenant, feltWithin, longestWait)));
  }

  @Override
  public Tenant complete(Operation operation, String worker, int number, List<String> details) {
    return record.retained(operation, worker, number);
  }
}

package io.tenantry.migrations.provisioning;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A process that waits to be killed: for each step of provisioning a worker that stands still
 * behind it, and for each stage of making ahead another, all with their leases kept alive.
 */
final class DoomedProvisioners {

  static final Duration LEASE = Duration.ofSeconds(8);
  static final int STEPS = 6;

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private final DutyDataSource control;
  private final DutyDataSource migrator;
  private final DutyDataSource app;
  private final CapabilitySigner signer;

  private DoomedProvisioners(DatabaseAddress address, CredentialSource credentials) {
    this.control = new DutyDataSource(address, credentials, Duty.CONTROL, "doomed");
    this.migrator = new DutyDataSource(address, credentials, Duty.MIGRATE, "doomed");
    this.app = new DutyDataSource(address, credentials, Duty.APP, "doomed");
    this.signer =
        new CapabilitySigner(
            credentials::capabilityKey,
            InstantSource.system(),
            Duration.ofSeconds(4),
            address.database());
  }

  /** Host, port, database and the folder of the secrets; prints a line for each that stands. */
  public static void main(String[] args) throws InterruptedException {
    DoomedProvisioners doomed =
        new DoomedProvisioners(
            new DatabaseAddress(args[0], Integer.parseInt(args[1]), args[2], "prefer"),
            new DirectoryCredentialSource(Path.of(args[3])));
    for (int step = 0; step < STEPS; step++) {
      Provisioner provisioner = doomed.standingBehind(step);
      Thread.ofPlatform().start(provisioner::runNext);
    }
    int size = 0;
    for (PreparedPool.Stage stage : PreparedPool.Stage.values()) {
      // Each begins one more than those before it: two at once would begin each other's.
      CountDownLatch stands = new CountDownLatch(1);
      PreparedPool pool = doomed.standingBehind(stage, ++size, stands);
      Thread.ofPlatform().start(pool::refill);
      stands.await();
    }
    NEVER.await();
  }

  private Provisioner standingBehind(int step) {
    List<ProvisioningStep> steps =
        new ArrayList<>(new ProvisioningSteps(control, migrator, app, signer).inOrder());
    ProvisioningStep whole = steps.get(step);
    steps.set(
        step,
        new ProvisioningStep(
            whole.name(),
            tenant -> {
              String detail = whole.action().run(tenant);
              stand("step " + whole.name());
              return detail;
            }));
    return new Provisioner(control, steps, LEASE);
  }

  private PreparedPool standingBehind(PreparedPool.Stage stage, int size, CountDownLatch stands) {
    return new PreparedPool(
        control,
        migrator,
        app,
        signer,
        size,
        LEASE,
        passed -> {
          if (passed == stage) {
            stands.countDown();
            stand("stage " + stage);
          }
        });
  }

  private static void stand(String where) {
    System.out.println("standing behind " + where);
    try {
      NEVER.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

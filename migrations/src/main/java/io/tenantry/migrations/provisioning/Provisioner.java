package io.tenantry.migrations.provisioning;

import io.tenantry.control.By;
import io.tenantry.control.LeaseLostException;
import io.tenantry.control.Operation;
import io.tenantry.control.OperationKind;
import io.tenantry.control.OperationState;
import io.tenantry.control.OperationStore;
import io.tenantry.control.PutOutcome;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantSpec;
import io.tenantry.control.TenantStore;
import io.tenantry.migrations.lease.Heartbeat;
import io.tenantry.tenancy.Canaries;
import io.tenantry.tenancy.TenantSlug;
import io.tenantry.tenancy.TenantState;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims operations on tenants and carries them out, step by step; each step is written down and
 * may be repeated, so that whoever claims the operation after a crash goes on where it stopped.
 *
 * <p>A step that fails leaves the operation FAILED, with the step and its reason, and a tenant that
 * was being made, too. A database that is away fails nothing: the operation is given back, or its
 * lease runs out. Where somebody else was faster, or held a lock for too long, it is given back
 * too, but counts as an attempt. Thread-safe; blocks on the database.
 */
public final class Provisioner {

  private static final Logger LOG = LoggerFactory.getLogger(Provisioner.class);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(200);

  private final OperationStore operations;
  private final TenantStore tenants;
  private final Map<OperationKind, Procedure> procedures;
  private final Duration lease;
  private final String worker;
  private final StepRunner steps;

  /**
   * @param control a control login
   * @param migrator the DDL login; may be a pool
   * @param app a runtime login, for the neighbour proof
   * @param lease how long an operation stays with a worker that shows no life
   * @param others what is carried out beside the making of tenants
   */
  public Provisioner(
      DataSource control,
      DataSource migrator,
      DataSource app,
      CapabilitySigner signer,
      Duration lease,
      Procedure... others) {
    this(control, new ProvisioningSteps(control, migrator, app, signer).inOrder(), lease, others);
  }

  Provisioner(
      DataSource control, List<ProvisioningStep> steps, Duration lease, Procedure... others) {
    this(
        new OperationStore(control),
        new TenantStore(control),
        procedures(new Provisioning(control, steps), others),
        lease);
  }

  private Provisioner(
      OperationStore operations,
      TenantStore tenants,
      Map<OperationKind, Procedure> procedures,
      Duration lease) {
    this.operations = operations;
    this.tenants = tenants;
    this.procedures = procedures;
    this.lease = lease;
    this.worker = "provisioner-" + UUID.randomUUID();
    this.steps = new StepRunner(operations, worker);
  }

  private static Map<OperationKind, Procedure> procedures(Procedure making, Procedure... others) {
    Map<OperationKind, Procedure> procedures = new EnumMap<>(OperationKind.class);
    procedures.put(making.kind(), making);
    for (Procedure other : others) {
      procedures.put(other.kind(), other);
    }
    return procedures;
  }

  /** Another worker of the same kind: what one of them loses, the other may take up. */
  Provisioner another() {
    return new Provisioner(operations, tenants, procedures, lease);
  }

  /**
   * Carries out the oldest operation that nobody holds, of a kind that is known here.
   *
   * @return whether there was one that came to its end, well or not; false when it was given back
   *     or lost, so that the caller waits before the next
   */
  public boolean runNext() {
    Optional<Operation> claimed = operations.claimNext(worker, lease, procedures.keySet());
    return claimed.isPresent() && carryOut(claimed.get());
  }

  /**
   * Makes the tenant unless it is there, and returns when it is ACTIVE. Does the work itself, or
   * waits for the worker that does.
   *
   * @throws TenantryException with {@code provisioning_failed} when it failed
   */
  public Tenant provisionNow(String slug, String displayName) {
    TenantSlug name = new TenantSlug(slug);
    By by = By.worker(worker);
    return carriedOut(name, tenants.put(TenantSpec.of(name, displayName), null, false, by), by);
  }

  /**
   * Makes the two canaries unless they are there, by the steps of every tenant, and returns when
   * they are ACTIVE.
   *
   * @throws TenantryException with {@code provisioning_failed} when one failed
   */
  public void provisionCanaries() {
    By by = By.worker(worker);
    for (TenantSlug canary : Canaries.PAIR) {
      carriedOut(canary, tenants.putCanary(canary, by), by);
    }
  }

  private Tenant carriedOut(TenantSlug slug, PutOutcome outcome, By by) {
    Optional<Operation> pending = outcome.pending();
    if (pending.isEmpty() && outcome.tenant().state() == TenantState.FAILED) {
      pending = Optional.of(operations.retry(slug, by));
    }
    if (pending.isEmpty()) {
      return outcome.tenant();
    }
    Operation finished = finish(pending.get().id());
    if (finished.state() == OperationState.FAILED) {
      throw new TenantryException(
          ErrorCode.PROVISIONING_FAILED, "'" + slug + "': " + finished.errorDetail());
    }
    return tenants.findById(finished.tenant()).orElseThrow();
  }

  /** Claims again and again: the worker that has it may be dead, and its lease run out. */
  private Operation finish(UUID id) {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (System.nanoTime() - deadline < 0) {
      operations.claim(id, worker, lease).ifPresent(this::carryOut);
      Operation operation = operations.find(id).orElseThrow();
      if (operation.state().finished()) {
        return operation;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    throw new TenantryException(
        ErrorCode.PROVISIONING_FAILED, "Operation " + id + " did not end within " + LONGEST_WAIT);
  }

  /** Answers whether it came to its end. */
  private boolean carryOut(Operation operation) {
    Procedure procedure = procedures.get(operation.kind());
    if (procedure == null) {
      throw new IllegalStateException("Nobody here carries out " + operation.kind() + ".");
    }
    Runnable beat = () -> operations.heartbeat(operation.id(), worker, lease);
    try (Heartbeat _ = new Heartbeat("operation " + operation.id(), lease, beat)) {
      steps.run(procedure, operation);
      return true;
    } catch (NotYet e) {
      LOG.debug("Operation {} waits: {}", operation.id(), e.what());
      operations.defer(operation.id(), worker, e.what(), e.pause());
      return false;
    } catch (LeaseLostException e) {
      LOG.warn("Operation {} Another worker has it.", e.getMessage());
      return false;
    } catch (TenantryException e) {
      if (!StepRunner.mayPass(e)) {
        throw e;
      }
      LOG.warn("Operation {} is given back, to be tried again.", operation.id(), e);
      giveBack(operation, e.code() != ErrorCode.DATABASE_UNAVAILABLE);
      return false;
    }
  }

  private void giveBack(Operation operation, boolean counts) {
    try {
      operations.release(operation.id(), worker, counts);
    } catch (RuntimeException e) {
      LOG.info("Operation {} will be taken up when its lease has passed.", operation.id());
    }
  }
}

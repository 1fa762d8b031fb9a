package io.tenantry.migrations.provisioning;

import io.tenantry.control.LeaseLostException;
import io.tenantry.control.PreparedTenants;
import io.tenantry.control.SchemaRegistry;
import io.tenantry.control.Tenant;
import io.tenantry.control.TenantSchema;
import io.tenantry.control.TenantStore;
import io.tenantry.migrations.changelog.TenantMigration;
import io.tenantry.migrations.lease.Heartbeat;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps some tenants made ahead, by the steps of every tenant, so that who asks for one changes no
 * role and waits for no DDL. Each row is held by a lease: what a killed process leaves is taken up
 * again by any other. Several pools may fill at once; one pool is for one thread. Blocks on the
 * database.
 *
 * <p>A tenant must not become ACTIVE on an old proof, and a claim cannot prove: it has no runtime
 * login. So each proof holds for ten minutes, is made again after five, and one that has run out
 * cannot be claimed.
 */
public final class PreparedPool {

  private static final Logger LOG = LoggerFactory.getLogger(PreparedPool.class);

  /** Each commit that changes roles has every backend compute its memberships anew. */
  private static final int MOST_AT_ONCE = 50;

  private static final Duration PROOF_HOLDS = Duration.ofMinutes(10);
  private static final Duration PROVEN_AGAIN = PROOF_HOLDS.dividedBy(2);
  private static final Duration AFTER_A_FAILURE = Duration.ofMinutes(1);

  /** What happens to one tenant; tests stop between two. */
  enum Stage {
    BEGUN,
    ROLES,
    SCHEMA,
    TABLES,
    PROBE_ROW,
    PROOF,
    READY
  }

  /** Told of each stage that is behind, for one tenant or for all of a batch. */
  @FunctionalInterface
  interface Watcher {
    void passed(Stage stage);
  }

  private final PreparedTenants prepared;
  private final SchemaRegistry registry;
  private final TenantStore tenants;
  private final TenantRoles roles;
  private final TenantMigration migration;
  private final MadeSchema made;
  private final NeighbourProof proof;
  private final int size;
  private final Duration lease;
  private final Watcher watcher;
  private final String worker = "preparing-" + UUID.randomUUID();
  private final long started = System.nanoTime();

  /**
   * @param control a control login
   * @param migrator the DDL login; may be a pool
   * @param app a runtime login, for the neighbour proof
   * @param size how many there should be; 0 makes none, and finishes and keeps what is there
   * @param lease how long one stays with a worker that shows no life
   */
  public PreparedPool(
      DataSource control,
      DataSource migrator,
      DataSource app,
      CapabilitySigner signer,
      int size,
      Duration lease) {
    this(control, migrator, app, signer, size, lease, _ -> {});
  }

  PreparedPool(
      DataSource control,
      DataSource migrator,
      DataSource app,
      CapabilitySigner signer,
      int size,
      Duration lease,
      Watcher watcher) {
    this.prepared = new PreparedTenants(control);
    this.registry = new SchemaRegistry(control);
    this.tenants = new TenantStore(control);
    this.roles = new TenantRoles(migrator);
    this.migration = new TenantMigration(migrator, signer);
    this.made = new MadeSchema(control, migrator, signer);
    this.proof = new NeighbourProof(migrator, app, signer);
    this.size = size;
    this.lease = lease;
    this.watcher = watcher;
  }

  /**
   * Proves again what is to be proven, finishes what is unfinished, and makes what is missing, up
   * to 50 of each. One that fails is logged and left alone for a minute; the others go on.
   *
   * @return how many are READY, or have another proof, by this call
   * @throws TenantryException with {@code database_unavailable} when the database is away
   */
  public int refill() {
    try (Heartbeat _ = heartbeat()) {
      int done = 0;
      for (int i = 0; i < MOST_AT_ONCE; i++) {
        // One at a time: meanwhile nobody can claim it.
        List<TenantId> old = prepared.toBeProven(worker, ahead(), 1, lease);
        if (old.isEmpty()) {
          break;
        }
        done += each(old, this::proveAgain);
      }
      return done + fill(prepared.begin(worker, size, MOST_AT_ONCE, lease));
    }
  }

  /** What was proven before this process was there counts as old: an earlier build may have. */
  private Duration ahead() {
    Duration sinceStart = PROOF_HOLDS.minusNanos(System.nanoTime() - started);
    return sinceStart.compareTo(PROVEN_AGAIN) > 0 ? sinceStart : PROVEN_AGAIN;
  }

  private void proveAgain(TenantId tenant) {
    // Runs take its schema up and down like every other's; only what no registry knows is made.
    Optional<String> known = registry.find(tenant).map(TenantSchema::version);
    prove(tenant, known.orElse(null), known.orElseGet(() -> migration.create(tenant)));
  }

  private int fill(List<TenantId> begun) {
    if (begun.isEmpty()) {
      return 0;
    }
    watcher.passed(Stage.BEGUN);
    List<TenantId> fit = new ArrayList<>();
    each(
        begun,
        tenant -> {
          roles.reserveNames(tenant);
          fit.add(tenant);
        });
    roles.createRoles(fit);
    watcher.passed(Stage.ROLES);
    return each(fit, this::make);
  }

  private void make(TenantId tenant) {
    roles.createSchemaAnew(tenant, worker);
    watcher.passed(Stage.SCHEMA);
    String version = migration.create(tenant);
    watcher.passed(Stage.TABLES);
    made.demandSame(tenant);
    proof.writeProbe(tenant);
    watcher.passed(Stage.PROBE_ROW);
    prove(tenant, null, version);
    watcher.passed(Stage.READY);
  }

  private void prove(TenantId tenant, @Nullable String before, String version) {
    String proven = proof.prove(tenant, tenants.anyActiveBut(tenant).map(Tenant::id));
    watcher.passed(Stage.PROOF);
    prepared.proven(tenant, worker, before, version, proven, PROOF_HOLDS);
  }

  @FunctionalInterface
  private interface Work {
    void run(TenantId tenant);
  }

  private int each(List<TenantId> all, Work work) {
    int done = 0;
    for (TenantId tenant : all) {
      try {
        work.run(tenant);
        done++;
      } catch (LeaseLostException e) {
        LOG.debug("Another worker's by now: {}", tenant);
      } catch (RuntimeException e) {
        putOff(tenant, e);
      }
    }
    return done;
  }

  private void putOff(TenantId tenant, RuntimeException failure) {
    if (failure instanceof TenantryException known
        && known.code() == ErrorCode.DATABASE_UNAVAILABLE) {
      // Its lease brings it back.
      throw failure;
    }
    LOG.error("{} could not be made ahead; again in {}.", tenant, AFTER_A_FAILURE, failure);
    try {
      prepared.putOff(tenant, worker, AFTER_A_FAILURE);
    } catch (LeaseLostException e) {
      LOG.debug("Another worker's by now: {}", tenant);
    }
  }

  private Heartbeat heartbeat() {
    return new Heartbeat("prepared tenants", lease, () -> prepared.heartbeat(worker, lease));
  }
}

package io.tenantry.migrations.drift;

import io.tenantry.control.DriftRecord;
import io.tenantry.control.SchemaRegistry;
import io.tenantry.control.SqlFailures;
import io.tenantry.control.TenantSchema;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.tenancy.TenantId;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Compares the schemas of tenants with what the changesets of their versions make, writes down in
 * the registry what it found, and quarantines what has drifted where that is wanted. A schema that
 * looks wrong is looked at once more, while its row of the registry is held, before anything is
 * said of it: a migration in between is no drift.
 *
 * <p>Thread-safe and idempotent; two checks at once only do the same twice. Blocks on the database.
 * One schema that cannot be looked at keeps no other from it; when the database is away the check
 * ends with what {@link SqlFailures} makes of that, and what was written down stays.
 */
public final class DriftCheck {

  /** Each backend keeps what it has read of a catalog; a slice is one connection's life. */
  private static final int SLICE = 200;

  private static final int WORKERS = 2;

  private final SchemaRegistry registry;
  private final SchemaLook look;
  private final Supplier<Plan> plan;
  private final GoldenSchemas golden;

  /**
   * @param control a control login; opens a connection at each call rather than lending one from a
   *     pool, since backends grow with each schema they look at
   * @param golden what schemas are compared with
   * @param plan the tenant tree of this build
   * @param quarantine whether a tenant whose schema has drifted is quarantined
   */
  public DriftCheck(
      DataSource control, GoldenSchemas golden, Supplier<Plan> plan, boolean quarantine) {
    this.registry = new SchemaRegistry(control);
    this.golden = golden;
    this.plan = plan;
    this.look = new SchemaLook(control, new DriftRecord(control), quarantine);
  }

  /** Looks at every schema of the registry, those of tenants made ahead too. */
  public DriftReport all(DriftListener listener) {
    return check(registry.all(), listener);
  }

  /** Looks at these; one that the registry does not know is not in the report. */
  public DriftReport of(Set<TenantId> tenants) {
    return check(registry.of(tenants), DriftListener.NONE);
  }

  /** Looks at one; {@code GONE} when the registry does not know it. */
  public DriftResult one(TenantId tenant) {
    return registry
        .find(tenant)
        .map(schema -> check(List.of(schema), DriftListener.NONE).results().getFirst())
        .orElseGet(() -> DriftResult.of(tenant, "", DriftState.GONE));
  }

  private DriftReport check(List<TenantSchema> schemas, DriftListener listener) {
    long begin = System.nanoTime();
    Versions versions = new Versions(plan.get(), golden);
    Progress progress = new Progress(listener, schemas.size());
    List<Future<List<DriftResult>>> slices = new ArrayList<>();
    List<DriftResult> results = new ArrayList<>(schemas.size());
    ExecutorService workers =
        Executors.newFixedThreadPool(
            WORKERS, Thread.ofPlatform().daemon().name("drift-", 0).factory());
    try {
      for (int from = 0; from < schemas.size(); from += SLICE) {
        List<TenantSchema> slice = schemas.subList(from, Math.min(from + SLICE, schemas.size()));
        slices.add(workers.submit(() -> progress.after(look.at(slice, versions))));
      }
      for (Future<List<DriftResult>> slice : slices) {
        results.addAll(result(slice));
      }
    } finally {
      workers.shutdownNow();
    }
    results.sort(Comparator.comparing(result -> result.tenant().toString()));
    return new DriftReport(results, Duration.ofNanos(System.nanoTime() - begin));
  }

  private static List<DriftResult> result(Future<List<DriftResult>> slice) {
    try {
      return slice.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw SqlFailures.translate("looking at the schemas of tenants", failure);
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while looking at the schemas of tenants.", e);
    }
  }

  private static final class Progress {
    private final DriftListener listener;
    private final int all;
    private int done;

    Progress(DriftListener listener, int all) {
      this.listener = listener;
      this.all = all;
    }

    synchronized List<DriftResult> after(List<DriftResult> slice) {
      done += slice.size();
      listener.checked(done, all);
      return slice;
    }
  }
}

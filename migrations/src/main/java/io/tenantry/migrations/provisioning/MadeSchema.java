package io.tenantry.migrations.provisioning;

import io.tenantry.control.SchemaRegistry;
import io.tenantry.control.TenantSchema;
import io.tenantry.migrations.drift.Deviation;
import io.tenantry.migrations.drift.GoldenSchemas;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Compares a schema that was made with what its changesets make, by the catalog: that they have run
 * does not say that nothing was there before or beside them. Thread-safe; blocks on the database.
 */
final class MadeSchema {

  private static final int MOST_WORDS = 3;

  private static final Duration A_RUN = Duration.ofSeconds(1);

  private final SchemaRegistry registry;
  private final GoldenSchemas golden;

  MadeSchema(DataSource control, DataSource migrator, CapabilitySigner signer) {
    this.registry = new SchemaRegistry(control);
    this.golden = new GoldenSchemas(migrator, signer);
  }

  /**
   * Returns when they are the same. Runs may have taken the schema up or down since it was made, as
   * they do with every other; one to a version that this build does not have has proven it.
   *
   * @throws TenantryException with {@code provisioning_failed}, naming what differs
   * @throws NotYet while a run changes it
   */
  void demandSame(TenantId tenant) {
    Plan plan = PlanCompiler.tenantTree().plan();
    String version = version(tenant);
    OptionalInt count = plan.count(version);
    if (count.isEmpty()) {
      return;
    }
    List<Deviation> deviations = golden.deviations(tenant, plan.first(count.getAsInt()));
    if (deviations.isEmpty()) {
      return;
    }
    if (!version.equals(version(tenant))) {
      throw new NotYet("A run changes its schema.", A_RUN);
    }
    throw new TenantryException(
        ErrorCode.PROVISIONING_FAILED,
        "Schema %s is not what its changesets make, in %d objects: %s"
            .formatted(
                TenantNames.schema(tenant),
                deviations.size(),
                deviations.stream()
                    .limit(MOST_WORDS)
                    .map(Deviation::toString)
                    .collect(Collectors.joining("; "))));
  }

  private String version(TenantId tenant) {
    return registry.find(tenant).map(TenantSchema::version).orElse(Plan.NOTHING);
  }
}

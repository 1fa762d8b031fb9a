package io.tenantry.migrations.provisioning;

import io.tenantry.migrations.drift.Deviation;
import io.tenantry.migrations.drift.GoldenSchemas;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import io.tenantry.tenancy.names.TenantNames;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Compares a schema that was made with what its changesets make, by the catalog: that they have run
 * does not say that nothing was there before or beside them. Thread-safe; blocks on the database.
 */
final class MadeSchema {

  private static final int MOST_WORDS = 3;

  private final GoldenSchemas golden;

  MadeSchema(DataSource migrator, CapabilitySigner signer) {
    this.golden = new GoldenSchemas(migrator, signer);
  }

  /**
   * Returns when they are the same.
   *
   * @throws TenantryException with {@code provisioning_failed}, naming what differs
   */
  void demandSame(TenantId tenant) {
    List<Deviation> deviations = golden.deviations(tenant, PlanCompiler.tenantTree().plan());
    if (!deviations.isEmpty()) {
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
  }
}

package io.tenantry.migrations.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.control.catalog.Fingerprints;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.changelog.PlatformMigration;
import io.tenantry.migrations.changelog.TenantMigration;
import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.PlatformSchemas;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every changeset is taken back by its rollback, and nothing but it. */
class UpAndDownIT {

  @Test
  void bothTreesUpDownToZeroAndUpAgainAreTheSame() throws SQLException {
    TestPlatform platform = TestPlatform.installed("upanddown");
    TenantId tenant = platform.provisioner().provisionNow("updown", "Up and down").id();
    String schema = TenantNames.schema(tenant);
    List<String> schemas = List.of(schema, PlatformSchemas.CONTROL, PlatformSchemas.API);
    PlatformMigration shared = new PlatformMigration(platform.as(Duty.MIGRATE));
    TenantMigration one = new TenantMigration(platform.as(Duty.MIGRATE), platform.signer());
    try (Connection superuser = platform.superuser()) {
      Map<String, String> up = Fingerprints.ofSchemas(superuser, schemas);
      assertThat(up)
          .containsOnlyKeys(schemas)
          .containsEntry(schema, Drifting.GOLDEN.fingerprint(Drifting.PLAN));

      one.rollbackAll(tenant);
      shared.rollbackAll();
      assertThat(Fingerprints.ofSchemas(superuser, schemas))
          .containsOnlyKeys(schema, PlatformSchemas.CONTROL)
          .containsEntry(schema, Drifting.GOLDEN.fingerprint(Drifting.PLAN.first(0)));

      shared.update();
      one.create(tenant);
      assertThat(Fingerprints.ofSchemas(superuser, schemas)).isEqualTo(up);
    }
  }

  @Test
  void eachStepDownIsTheVersionBeforeAndEachStepUpTheNext() throws SQLException {
    String schema = TenantNames.schema(Drifting.ACME);
    List<ChangeSet> changes = Drifting.PLAN.changeSets();
    try (Connection superuser = Drifting.PLATFORM.superuser()) {
      superuser.setAutoCommit(false);
      TestPlatform.execute(superuser, "set local role tenantry_owner");
      TestPlatform.execute(superuser, "set local search_path = " + schema);
      for (int count = changes.size() - 1; count >= 0; count--) {
        TestPlatform.execute(superuser, String.valueOf(changes.get(count).rollback()));
        equalsVersion(superuser, schema, count);
      }
      for (int count = 1; count <= changes.size(); count++) {
        TestPlatform.execute(superuser, changes.get(count - 1).sql());
        equalsVersion(superuser, schema, count);
      }
      superuser.rollback();
    }
  }

  private static void equalsVersion(Connection connection, String schema, int count)
      throws SQLException {
    List<Deviation> deviations =
        Difference.between(
            Drifting.GOLDEN.objects(Drifting.PLAN.first(count)),
            Fingerprints.describe(connection, schema),
            schema);
    assertThat(deviations).as("the first %d changesets", count).isEmpty();
  }
}

package io.tenantry.migrations.fanout;

import io.tenantry.control.RegisteredVersion;
import io.tenantry.control.SchemaRegistry;
import io.tenantry.control.SqlFailures;
import io.tenantry.control.TenantSchema;
import io.tenantry.migrations.plan.Plan;
import io.tenantry.migrations.schema.HistoryException;
import io.tenantry.migrations.schema.SchemaConnection;
import io.tenantry.migrations.schema.SchemaHistory;
import io.tenantry.tenancy.TenantId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Looks, before a run changes anything, whether what schemas ran is what this build has. */
final class RunChecks {

  private final SchemaRegistry registry;
  private final DataSource migrator;

  RunChecks(DataSource control, DataSource migrator) {
    this.registry = new SchemaRegistry(control);
    this.migrator = migrator;
  }

  /**
   * The versions that there are, each one a beginning of the plan.
   *
   * @throws RunRefused naming the changeset that has changed since it ran, or that is not there
   */
  List<RegisteredVersion> known(Plan plan) {
    List<RegisteredVersion> versions = registry.versions();
    if (versions.stream().anyMatch(version -> version.historyHash() == null)) {
      learn(plan);
      versions = registry.versions();
    }
    for (RegisteredVersion version : versions) {
      int count = RunPlan.count(plan, version.version());
      String hash = version.historyHash();
      if (hash != null && !hash.equals(plan.first(count).historyHash())) {
        throw new RunRefused(
            difference(plan, version.example())
                + " So it is in "
                + version.schemas()
                + " schemas, such as that of tenant "
                + version.example()
                + ".");
      }
    }
    return versions;
  }

  private String difference(Plan plan, TenantId example) {
    try {
      history(example).ifPresent(history -> history.countIn(plan));
    } catch (HistoryException e) {
      return e.detail();
    }
    return "The registry knows another history than this build's and the schema's own.";
  }

  private Optional<SchemaHistory> history(TenantId tenant) {
    try (SchemaConnection connection = SchemaConnection.open(migrator)) {
      return SchemaHistory.readAsOwner(connection, tenant);
    } catch (SQLException e) {
      throw SqlFailures.translate("reading a schema's history", e);
    }
  }

  /** Schemas of builds that did not write the hash down. */
  private void learn(Plan plan) {
    try (SchemaConnection connection = SchemaConnection.open(migrator)) {
      for (TenantSchema schema : registry.unlearnt()) {
        Optional<SchemaHistory> history = SchemaHistory.readAsOwner(connection, schema.tenant());
        if (history.isPresent()) {
          int count = history.get().countIn(plan);
          if (plan.versionAt(count).equals(schema.version())) {
            registry.learn(schema.tenant(), schema.version(), plan.first(count).historyHash());
          }
        }
      }
    } catch (HistoryException e) {
      throw new RunRefused(e.detail());
    } catch (SQLException e) {
      throw SqlFailures.translate("reading the histories of schemas", e);
    }
  }
}

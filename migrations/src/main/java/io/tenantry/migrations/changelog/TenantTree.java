package io.tenantry.migrations.changelog;

import io.tenantry.migrations.plan.ChangeSet;
import io.tenantry.migrations.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import liquibase.ChecksumVersion;
import liquibase.Scope;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.change.Change;
import liquibase.change.core.RawSQLChange;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;

/**
 * The changesets of the tenant tree as this build has them, by Liquibase's own parser. Needs no
 * database. Every changeset is SQL, whose text Liquibase runs as it stands.
 */
public final class TenantTree {

  private TenantTree() {}

  /**
   * Reads the tree.
   *
   * @throws MigrationException when it cannot be read
   */
  public static Plan plan() {
    ChangelogRun.LIQUIBASE.lock();
    try {
      DatabaseChangeLog tree =
          Scope.child(
              Map.of(
                  Scope.Attr.logService.name(),
                  new LiquibaseLog(),
                  AnalyticsArgs.ENABLED.getKey(),
                  false),
              TenantTree::parse);
      return new Plan(tree.getChangeSets().stream().map(TenantTree::changeSet).toList());
    } catch (Exception e) {
      throw new MigrationException("reading " + TenantMigration.CHANGELOG, e);
    } finally {
      ChangelogRun.LIQUIBASE.unlock();
    }
  }

  private static DatabaseChangeLog parse() throws Exception {
    ResourceAccessor resources = new ClassLoaderResourceAccessor();
    return ChangeLogParserFactory.getInstance()
        .getParser(TenantMigration.CHANGELOG, resources)
        .parse(TenantMigration.CHANGELOG, new ChangeLogParameters(), resources);
  }

  private static ChangeSet changeSet(liquibase.changelog.ChangeSet one) {
    return new ChangeSet(
        one.getId(),
        one.getAuthor(),
        one.getFilePath(),
        one.generateCheckSum(ChecksumVersion.latest()).toString(),
        one.getDescription(),
        one.getComments(),
        sql(one.getChanges()),
        sql(one.getRollback().getChanges()),
        one.isRunInTransaction(),
        one.isRunOnChange(),
        true);
  }

  private static String sql(List<Change> changes) {
    return changes.stream()
        .map(change -> ((RawSQLChange) change).getSql())
        .collect(Collectors.joining("\n"));
  }
}

package io.tenantry.migrations.rules;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import liquibase.ChecksumVersion;
import liquibase.Scope;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;

/** What Liquibase reads: the checksums that it writes into the history of each tenant. */
final class Checksums {

  private Checksums() {}

  /**
   * By id, in the order of the tree. Reads files; not for use beside a run of Liquibase in the same
   * JVM.
   *
   * @throws Exception when Liquibase refuses the tree, saying why
   */
  @SuppressWarnings("try") // Closing it closes nothing that waits.
  static Map<String, String> of(Path trees, Tree tree) throws Exception {
    Map<String, String> checksums = new LinkedHashMap<>();
    try (ResourceAccessor files = new DirectoryResourceAccessor(trees)) {
      Scope.child(
          Map.of(AnalyticsArgs.ENABLED.getKey(), false),
          () -> {
            DatabaseChangeLog log =
                ChangeLogParserFactory.getInstance()
                    .getParser(tree.root(), files)
                    .parse(tree.root(), new ChangeLogParameters(), files);
            for (ChangeSet change : log.getChangeSets()) {
              checksums.put(
                  change.getId(), change.generateCheckSum(ChecksumVersion.latest()).toString());
            }
          });
    }
    return checksums;
  }
}

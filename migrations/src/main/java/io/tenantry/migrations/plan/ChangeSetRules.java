package io.tenantry.migrations.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import liquibase.changelog.ChangeSet;

/** What a changeset must not say, since a compiled text cannot keep it for every tenant alike. */
final class ChangeSetRules {

  private ChangeSetRules() {}

  static void demandPlain(ChangeSet change) {
    refuse(change, change.getPreconditions() != null, "a precondition");
    refuse(change, !change.getContextFilter().isEmpty(), "a context");
    refuse(change, !change.getInheritableContextFilter().isEmpty(), "a context of its file");
    refuse(change, !change.getLabels().isEmpty(), "labels");
    refuse(change, change.getDbmsSet() != null && !change.getDbmsSet().isEmpty(), "dbms");
    refuse(change, change.isAlwaysRun(), "runAlways");
    refuse(change, change.isRunOnChange(), "runOnChange");
    refuse(change, change.isIgnore() || change.isInheritableIgnore(), "ignore");
    refuse(change, change.getRunWith() != null && !change.getRunWith().isEmpty(), "runWith");
    refuse(change, Boolean.FALSE.equals(change.getFailOnError()), "failOnError:false");
    refuse(change, !change.getValidCheckSums().isEmpty(), "validCheckSum");
  }

  /** The history's key has author and file too, but a version is an id alone. */
  static void demandUniqueIds(List<ChangeSet> changes) {
    Set<String> ids = new HashSet<>();
    for (ChangeSet change : changes) {
      if (!ids.add(change.getId())) {
        throw new PlanException("Two changesets have the id " + change.getId() + "; rename one.");
      }
    }
  }

  private static void refuse(ChangeSet change, boolean said, String what) {
    if (said) {
      throw new PlanException(
          "Changeset "
              + change.getId()
              + " has "
              + what
              + "; a changeset of tenants runs once, in every schema alike. Take it out.");
    }
  }
}

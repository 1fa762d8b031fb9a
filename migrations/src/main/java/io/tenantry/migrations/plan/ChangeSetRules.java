package io.tenantry.migrations.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import liquibase.changelog.ChangeSet;

/** What a changeset must not say, since a compiled text cannot keep it for every tenant alike. */
final class ChangeSetRules {

  /** A comment line in the changeset's SQL. */
  private static final Pattern INCOMPATIBLE =
      Pattern.compile("(?m)^\\s*--\\s*tenantry:\\s*incompatible\\b");

  /** As the rules of changesets want it where rows of tenants are changed. */
  private static final Pattern ENTERS = Pattern.compile("(?m)^\\s*--\\s*tenantry:\\s*enter\\b");

  private ChangeSetRules() {}

  /** A run enters no tenant yet: without that such a changeset would silently change no row. */
  static void demandNoRows(String id, CharSequence sql) {
    if (ENTERS.matcher(sql).find()) {
      throw new PlanException(
          "Changeset "
              + id
              + " asks to enter each tenant, which runs do not do. Change rows by a job that"
              + " enters, and let the changeset change the schema alone.");
    }
  }

  static boolean compatible(CharSequence sql) {
    return !INCOMPATIBLE.matcher(sql).find();
  }

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

package io.tenantry.migrations.rules;

import java.util.List;
import java.util.Map;

/**
 * A changeset as it is written.
 *
 * @param line of its header
 * @param flags by name
 * @param enters whether the runner enters the tenant before it
 */
record ChangeText(
    String file,
    int line,
    String id,
    Map<String, String> flags,
    boolean enters,
    List<Waiver> waivers,
    SqlText sql,
    SqlText rollback) {

  /** A rule that is not to be applied, by a comment line in the changeset. */
  record Waiver(Rule rule, int line) {}

  boolean inTransaction() {
    return !"false".equals(flags.get("runInTransaction"));
  }
}

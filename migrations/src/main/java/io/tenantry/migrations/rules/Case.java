package io.tenantry.migrations.rules;

/**
 * A changeset that is being judged, with what it meets.
 *
 * @param tables as the changesets before it, and its statements so far, have made them
 * @param mapped what versions of the code map that may be running
 * @param released whether it has left the house: it ran when other things were mapped and large
 */
record Case(
    Tree tree,
    ChangeText change,
    Tables tables,
    Mapping mapped,
    LargeTables large,
    boolean released,
    Findings findings) {

  void found(Rule rule, int line, String what) {
    findings.add(rule, change.file(), line, change.id(), what);
  }

  /** Whether rows may be in the table when the changeset comes to it. */
  boolean meetsRows(String table) {
    return tables.existsBefore(table, change);
  }

  /** Whether the owner sees none of the table's rows, as things are at this statement. */
  boolean hidesRows(String table) {
    return tables.holdsTenants(table)
        && tables.get(table).map(TableState::isForced).orElse(meetsRows(table));
  }
}

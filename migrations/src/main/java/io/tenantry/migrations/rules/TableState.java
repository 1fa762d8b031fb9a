package io.tenantry.migrations.rules;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the changesets so far have made of a table. */
final class TableState {

  private final String file;
  private final int line;
  private final String madeBy;
  private final Set<String> columns = new HashSet<>();
  private final Map<String, String> unproven = new HashMap<>();
  private final Set<String> proven = new HashSet<>();
  private final Set<String> policies = new HashSet<>();
  private boolean enabled;
  private boolean forced;

  /**
   * @param madeBy id of the changeset
   */
  TableState(String file, int line, String madeBy) {
    this.file = file;
    this.line = line;
    this.madeBy = madeBy;
  }

  String file() {
    return file;
  }

  int line() {
    return line;
  }

  String madeBy() {
    return madeBy;
  }

  Set<String> columns() {
    return columns;
  }

  Set<String> policies() {
    return policies;
  }

  /** A check that holds for all rows when {@code valid}, else for new ones. */
  void check(String name, String condition, boolean valid) {
    if (valid) {
      proven.add(condition);
    } else {
      unproven.put(name, condition);
    }
  }

  void validate(String constraint) {
    String condition = unproven.remove(constraint);
    if (condition != null) {
      proven.add(condition);
    }
  }

  boolean isProven(String condition) {
    return proven.contains(condition);
  }

  void enabled(boolean on) {
    enabled = on;
  }

  void forced(boolean on) {
    forced = on;
  }

  boolean isForced() {
    return enabled && forced;
  }

  boolean isProtected() {
    return isForced() && policies.contains(Tables.POLICY);
  }
}

package io.tenantry.migrations.rules;

import org.jspecify.annotations.Nullable;

/**
 * A place where a changeset breaks a rule. Immutable.
 *
 * @param file below the folder of the trees, such as {@code tenant/0002_desk_orders.sql}
 * @param line counted from 1
 * @param changeSet its id; null where the file as a whole is meant
 * @param what names what is there, in a sentence
 */
public record RuleFinding(
    Rule rule, String file, int line, @Nullable String changeSet, String what) {

  /** All of it on one line, as a compiler would print it. */
  @Override
  public String toString() {
    return file
        + ":"
        + line
        + ": "
        + rule.id()
        + (changeSet == null ? "" : " in " + changeSet)
        + ": "
        + what
        + " "
        + rule.fix();
  }
}

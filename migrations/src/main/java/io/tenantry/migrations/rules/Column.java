package io.tenantry.migrations.rules;

import java.util.List;

/**
 * A column as it is declared.
 *
 * @param type its words, joined by blanks
 * @param standard the tokens of its default; empty when there is none
 * @param computed whether PostgreSQL fills it: GENERATED .. STORED, an identity, a serial type
 */
record Column(
    String name,
    String type,
    boolean notNull,
    List<SqlToken> standard,
    boolean computed,
    List<Constraint> constraints,
    int line) {

  boolean hasDefault() {
    return !standard.isEmpty();
  }
}

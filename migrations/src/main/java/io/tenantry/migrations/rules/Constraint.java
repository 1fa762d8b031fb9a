package io.tenantry.migrations.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A constraint as it is declared.
 *
 * @param name null when it has none
 * @param columns of a key, in order; empty for others
 * @param condition tokens of a check, joined by blanks; empty for others
 * @param usingIndex whether it takes an index that is there
 */
record Constraint(
    @Nullable String name,
    Kind kind,
    List<String> columns,
    String condition,
    boolean notValid,
    boolean usingIndex,
    int line) {

  /** What a constraint is, and how its name ends. */
  enum Kind {
    PRIMARY("_pkey"),
    UNIQUE("_key"),
    FOREIGN("_fkey"),
    CHECK("_check"),
    EXCLUDE("_excl");

    private final String ending;

    Kind(String ending) {
      this.ending = ending;
    }

    String ending() {
      return ending;
    }

    boolean isKey() {
      return this == PRIMARY || this == UNIQUE || this == FOREIGN;
    }
  }
}

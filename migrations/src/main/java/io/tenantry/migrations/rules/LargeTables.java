package io.tenantry.migrations.rules;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tables that are marked large, in {@code large-tables.txt} beside the trees. Not in a
 * changeset: a released one keeps its text, and a table becomes large later.
 */
record LargeTables(Set<String> names) {

  /** Its name in the folder of the trees. */
  static final String FILE = "large-tables.txt";

  static LargeTables read(Path trees) throws IOException {
    return new LargeTables(
        LockFile.lines(trees.resolve(FILE)).stream()
            .map(line -> line.split("[ :]", 2)[0])
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean has(String table) {
    return names.contains(table);
  }
}

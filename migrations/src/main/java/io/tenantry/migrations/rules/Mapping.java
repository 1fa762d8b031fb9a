package io.tenantry.migrations.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The tables and columns that a version of the code maps, each column as {@code table.column}; a
 * tenant's tables without a schema, shared ones with theirs. In lower case. Immutable.
 */
public record Mapping(SortedSet<String> columns) {

  /** Its name in the folder of the trees. */
  static final String FILE = "mapping.lock";

  private static final List<String> HEAD =
      List.of(
          "# What the released version maps: a changeset that drops or renames it is refused.",
          "# Written by `make migrate.lock` when a version is released.");

  public Mapping {
    columns = Collections.unmodifiableSortedSet(new TreeSet<>(columns));
  }

  /** Nothing. */
  public static Mapping none() {
    return new Mapping(new TreeSet<>());
  }

  /** What the released version maps, from the folder of the trees; nothing when none was. */
  static Mapping released(Path trees) throws IOException {
    SortedSet<String> columns = new TreeSet<>();
    for (String line : LockFile.lines(trees.resolve(FILE))) {
      columns.add(line);
    }
    return new Mapping(columns);
  }

  void release(Path trees) throws IOException {
    List<String> lines = new ArrayList<>(HEAD);
    lines.addAll(columns);
    Files.write(trees.resolve(FILE), lines, StandardCharsets.UTF_8);
  }

  /** What is mapped by either. */
  public Mapping and(Mapping other) {
    SortedSet<String> both = new TreeSet<>(columns);
    both.addAll(other.columns);
    return new Mapping(both);
  }

  boolean hasTable(String table) {
    return !columns.subSet(table + ".", table + "/").isEmpty();
  }

  boolean hasSchema(String schema) {
    return hasTable(schema);
  }

  boolean hasColumn(String table, String column) {
    return columns.contains(table + "." + column);
  }
}

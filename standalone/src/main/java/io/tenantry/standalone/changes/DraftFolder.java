package io.tenantry.standalone.changes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes drafts beside the changesets, each under the next number. No root includes them. */
final class DraftFolder {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{2,49}");
  private static final Pattern NUMBER = Pattern.compile("(\\d{4})_.*\\.sql");

  /** How a shared table's name begins; a tenant's has no schema. */
  private static final Pattern SHARED = Pattern.compile("\\btenantry_[a-z]+\\.");

  private final Path trees;

  /**
   * @param trees the folder with {@code platform} and {@code tenant}
   */
  DraftFolder(Path trees) {
    this.trees = trees;
  }

  /**
   * Throws unless a file may be called so.
   *
   * @throws DraftRefusedException naming what it has to be
   */
  static void demandName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new DraftRefusedException(
          "NAME is '"
              + name
              + "'. Say what the change is about in 3 to 50 lower-case letters, digits and"
              + " underscores: make migrate.draft NAME=desk_limits");
    }
  }

  /**
   * Writes one file for tenants' tables and one for shared ones, as there is something to write.
   *
   * @return the files
   * @throws DraftRefusedException when the name is bad, or there is no difference
   */
  List<Path> write(String name, SchemaDifference difference) throws IOException {
    demandName(name);
    if (difference.statements().isEmpty()) {
      throw new DraftRefusedException(
          "The changesets make all that is mapped, so there is nothing to draft. Change the"
              + " entities first; types of columns that are there are not compared.");
    }
    List<Path> files = new ArrayList<>();
    List<String> shared = difference.statements().stream().filter(DraftFolder::isShared).toList();
    List<String> tenants =
        difference.statements().stream().filter(statement -> !isShared(statement)).toList();
    if (!tenants.isEmpty()) {
      files.add(write("tenant", name, tenants));
    }
    if (!shared.isEmpty()) {
      files.add(write("platform", name, shared));
    }
    return files;
  }

  private static boolean isShared(String statement) {
    return SHARED.matcher(statement).find();
  }

  private Path write(String tree, String name, List<String> statements) throws IOException {
    Path folder = trees.resolve(tree);
    String number = "%04d".formatted(nextNumber(folder));
    String id = tree + "-" + number + "-" + name.replace('_', '-');
    Path file = folder.resolve(number + "_" + name + ".sql");
    return Files.writeString(
        file,
        new Draft(id, name, statements).text(),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE_NEW);
  }

  private static int nextNumber(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return 1
          + files
              .map(file -> NUMBER.matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .mapToInt(number -> Integer.parseInt(number.group(1)))
              .max()
              .orElse(0);
    }
  }
}

package io.tenantry.migrations.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been released, kept in files beside the trees: {@code platform.lock} and {@code
 * tenant.lock} hold ids and checksums, {@code mapping.lock} what the version's code maps.
 */
public final class Releases {

  private static final List<String> HEAD =
      List.of(
          "# Released changesets, in order, with the checksums that Liquibase keeps of them.",
          "# Written by `make migrate.lock`; lines are added, never changed.");

  private Releases() {}

  /** Ids and checksums of a tree's released changesets, in order. */
  static Map<String, String> of(Path trees, Tree tree) throws IOException {
    Map<String, String> released = new LinkedHashMap<>();
    for (String line : LockFile.lines(trees.resolve(tree.lock()))) {
      String[] parts = line.split(" +", 2);
      if (parts.length != 2 || !parts[1].startsWith("9:")) {
        throw new IOException(
            "while reading " + tree.lock() + ": '" + line + "' is no id and checksum; put it back");
      }
      released.put(parts[0], parts[1]);
    }
    return released;
  }

  /**
   * Writes down that all changesets of the trees are released, by a version of the code that maps
   * these columns. Idempotent.
   *
   * @throws BrokenRulesException when a changeset breaks a rule; nothing is written then
   * @throws IOException when a file cannot be read or written
   */
  public static void release(Path trees, Mapping mapped) throws IOException {
    List<RuleFinding> findings = new ChangeSetLinter(trees, mapped).lint();
    if (!findings.isEmpty()) {
      throw new BrokenRulesException(findings);
    }
    for (Tree tree : Tree.values()) {
      List<String> lines = new ArrayList<>(HEAD);
      checksums(trees, tree).forEach((id, checksum) -> lines.add(id + " " + checksum));
      Files.write(trees.resolve(tree.lock()), lines, StandardCharsets.UTF_8);
    }
    mapped.release(trees);
  }

  private static Map<String, String> checksums(Path trees, Tree tree) throws IOException {
    try {
      return Checksums.of(trees, tree);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("while reading " + tree.root(), e);
    }
  }
}

package io.tenantry.migrations.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Trees made of the healthy ones in {@code rules/base} and the files of a case over them. A root
 * that the case does not bring itself includes the case's files at its end.
 */
record Fixture(Path trees) {

  private static final Path ROOT = Path.of("src", "test", "resources", "rules");
  private static final String END = "</databaseChangeLog>";

  /** The trees of {@code kind}, bad or good, in an empty folder. */
  static Fixture of(Rule rule, String kind, Path empty) throws IOException {
    copy(ROOT.resolve("base"), empty);
    Path files = folder(rule).resolve(kind);
    for (Tree tree : Tree.values()) {
      if (!Files.exists(files.resolve(tree.root()))) {
        include(empty.resolve(tree.root()), tree, filesOf(files));
      }
    }
    copy(files, empty);
    return new Fixture(empty);
  }

  /** What the bad files have to give, one a line. */
  static List<String> expected(Rule rule) throws IOException {
    return Files.readAllLines(folder(rule).resolve("expected.txt"), StandardCharsets.UTF_8);
  }

  static Path folder(Rule rule) {
    return ROOT.resolve(rule.id());
  }

  List<String> findings() throws IOException {
    return new ChangeSetLinter(trees, Mapping.none())
        .lint().stream().map(Fixture::asExpected).toList();
  }

  static String asExpected(RuleFinding finding) {
    String changeSet = finding.changeSet() == null ? "-" : finding.changeSet();
    return finding.file() + ":" + finding.line() + " " + changeSet + " " + finding.what();
  }

  private static void include(Path root, Tree tree, List<String> files) throws IOException {
    StringBuilder includes = new StringBuilder();
    for (String file : files) {
      if (tree.holds(file)) {
        includes
            .append("  <include file=\"")
            .append(file)
            .append("\" relativeToChangelogFile=\"true\" logicalFilePath=\"")
            .append(tree.label())
            .append("\"/>\n");
      }
    }
    String text = Files.readString(root, StandardCharsets.UTF_8);
    Files.writeString(root, text.replace(END, includes + END), StandardCharsets.UTF_8);
  }

  private static List<String> filesOf(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      all.filter(Files::isRegularFile)
          .forEach(
              file -> {
                Path copy = to.resolve(from.relativize(file).toString());
                try {
                  Files.createDirectories(copy.getParent());
                  Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}

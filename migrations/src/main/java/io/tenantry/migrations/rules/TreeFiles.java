package io.tenantry.migrations.rules;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the changesets of a tree in the order in which its root includes their files. */
final class TreeFiles {

  private static final Pattern INCLUDE = Pattern.compile("<include\\s+file=\"([^\"]+)\"");
  private static final Pattern NAME = Pattern.compile("\\d{4}_[a-z0-9_]+\\.sql");
  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

  private final Path trees;
  private final Findings findings;
  private final Set<String> included = new LinkedHashSet<>();

  TreeFiles(Path trees, Findings findings) {
    this.trees = trees;
    this.findings = findings;
  }

  List<ChangeText> read(Tree tree) throws IOException {
    List<ChangeText> all = new ArrayList<>();
    Map<String, String> ids = new LinkedHashMap<>();
    for (String file : includes(tree)) {
      for (ChangeText change :
          ChangeFileReader.read(file, Files.readAllBytes(trees.resolve(file)), findings)) {
        String first = ids.putIfAbsent(change.id(), file);
        if (first != null) {
          String what = change.id() + " is in " + first + " too.";
          findings.add(Rule.ID_TWICE, file, change.line(), change.id(), what);
        }
        judgeId(change);
        all.add(change);
      }
    }
    return all;
  }

  private List<String> includes(Tree tree) throws IOException {
    List<String> files = new ArrayList<>();
    Path root = trees.resolve(tree.root());
    if (!Files.exists(root)) {
      return files;
    }
    String text = Files.readString(root, StandardCharsets.UTF_8);
    Matcher include = INCLUDE.matcher(withoutComments(text));
    while (include.find()) {
      String file = include.group(1);
      int line =
          1 + (int) text.substring(0, include.start()).chars().filter(c -> c == '\n').count();
      if (!Files.exists(trees.resolve(file))) {
        findings.add(Rule.NOT_INCLUDED, tree.root(), line, null, file + " is not there.");
      } else if (!tree.holds(file)) {
        findings.add(Rule.NOT_INCLUDED, tree.root(), line, null, file + " is of another tree.");
      } else if (!included.add(file)) {
        findings.add(Rule.NOT_INCLUDED, tree.root(), line, null, file + " is included twice.");
      } else {
        judgeName(file);
        files.add(file);
      }
    }
    return files;
  }

  /** Keeps the lines. */
  private static String withoutComments(String xml) {
    return COMMENT.matcher(xml).replaceAll(one -> one.group().replaceAll("[^\n]", " "));
  }

  /** Call it when all trees have been read. */
  void findNotIncluded() throws IOException {
    try (Stream<Path> all = Files.walk(trees)) {
      for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
        String file = trees.relativize(path).toString().replace('\\', '/');
        if (file.endsWith(".sql") && !included.contains(file)) {
          findings.add(Rule.NOT_INCLUDED, file, 1, null, "No root includes it.");
        }
      }
    }
  }

  private void judgeName(String file) {
    if (!NAME.matcher(file.substring(file.lastIndexOf('/') + 1)).matches()) {
      findings.add(Rule.FILE_NAME, file, 1, null, "The file is " + file + ".");
    }
  }

  /** Such as access-tenant-0002-desk-orders, in access/tenant/0002_desk_orders.sql. */
  private void judgeId(ChangeText change) {
    String file = change.file();
    int name = file.lastIndexOf('/') + 1;
    String number = file.substring(name, Math.min(file.length(), name + 4));
    String prefix = file.substring(0, name).replace('/', '-') + number + "-";
    if (!change.id().matches("[a-z0-9-]+") || !change.id().startsWith(prefix)) {
      String what = change.id() + " does not begin with " + prefix + ", or is not in lower case.";
      findings.add(Rule.ID_FORM, file, change.line(), change.id(), what);
    }
  }
}

package io.tenantry.migrations.rules;

import io.tenantry.migrations.rules.ChangeText.Waiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges the changesets of all trees by the {@link Rule rules}, from their files alone: no database
 * is asked. It reads SQL by PostgreSQL's lexical rules and knows as much of its grammar as the
 * rules need; what it does not know it passes over. Immutable; may be used by several threads, but
 * not while Liquibase runs in the same JVM.
 */
public final class ChangeSetLinter {

  private final Path trees;
  private final Mapping mapped;

  /**
   * @param trees the folder with the roots {@code platform.xml} and {@code tenant.xml}
   * @param mapped what this build's code maps; what the released version maps is added from {@code
   *     mapping.lock}
   */
  public ChangeSetLinter(Path trees, Mapping mapped) {
    this.trees = trees;
    this.mapped = mapped;
  }

  /**
   * What breaks a rule and is not waived, by file and line; empty when all is well. Reads files.
   *
   * @throws IOException when a file cannot be read
   */
  public List<RuleFinding> lint() throws IOException {
    Findings findings = new Findings();
    TreeFiles files = new TreeFiles(trees, findings);
    Mapping all = mapped.and(Mapping.released(trees));
    LargeTables large = LargeTables.read(trees);
    List<ChangeText> changes = new ArrayList<>();
    for (Map.Entry<Tree, List<ChangeText>> one : read(files).entrySet()) {
      Map<String, String> released = Releases.of(trees, one.getKey());
      judge(one.getKey(), one.getValue(), released, all, large, findings);
      released(one.getKey(), one.getValue(), released, findings);
      changes.addAll(one.getValue());
    }
    files.findNotIncluded();
    changes.forEach(change -> waive(change, findings));
    return findings.sorted();
  }

  private Map<Tree, List<ChangeText>> read(TreeFiles files) throws IOException {
    Map<Tree, List<ChangeText>> read = new EnumMap<>(Tree.class);
    for (Tree tree : Tree.values()) {
      read.put(tree, files.read(tree));
    }
    return read;
  }

  private static void judge(
      Tree tree,
      List<ChangeText> changes,
      Map<String, String> released,
      Mapping mapped,
      LargeTables large,
      Findings findings) {
    Tables tables = new Tables(tree);
    for (ChangeText change : changes) {
      boolean out = released.containsKey(change.id());
      Case judged = new Case(tree, change, tables, mapped, large, out, findings);
      judge(judged);
    }
    tables
        .all()
        .forEach(
            (name, state) -> {
              boolean open = tables.holdsTenants(name) && !state.columns().isEmpty();
              if (open && !state.isProtected()) {
                findings.add(
                    Rule.ROW_SECURITY_MISSING,
                    state.file(),
                    state.line(),
                    state.madeBy(),
                    "The table is " + name + ".");
              }
            });
  }

  /** Judges one changeset, and lets the tables know of it. */
  static void judge(Case judged) {
    TextRules.check(judged, judged.change().sql());
    TextRules.check(judged, judged.change().rollback());
    ChangeRules whole = new ChangeRules(judged);
    for (List<SqlToken> statement : SqlStatements.of(judged.change().sql())) {
      Facts.read(
          statement,
          (fact, where) -> {
            int line = where.line();
            RunningSystemRules.check(judged, fact, line);
            RowRules.check(judged, fact, line);
            TableRules.check(judged, fact, line);
            whole.see(fact, line);
            judged.tables().apply(fact, judged.change(), line);
          });
    }
    whole.end();
    // Judged by how things are before the rollback's own statements; it may take all away.
    for (List<SqlToken> statement : SqlStatements.of(judged.change().rollback())) {
      Facts.read(statement, (fact, where) -> RowRules.everywhere(judged, fact, where.line()));
    }
  }

  private void released(
      Tree tree, List<ChangeText> changes, Map<String, String> released, Findings findings) {
    if (findings.areOfReading() || !Files.exists(trees.resolve(tree.root()))) {
      return;
    }
    Map<String, String> checksums;
    try {
      checksums = Checksums.of(trees, tree);
    } catch (Exception e) {
      findings.add(Rule.LIQUIBASE_DIFFERS, tree.root(), 1, null, oneLine(e));
      return;
    }
    List<String> ids = changes.stream().map(ChangeText::id).toList();
    if (!ids.equals(List.copyOf(checksums.keySet()))) {
      String what = "It reads " + checksums.keySet() + ", written are " + ids + ".";
      findings.add(Rule.LIQUIBASE_DIFFERS, tree.root(), 1, null, what);
      return;
    }
    ReleasedRules.check(tree, released, changes, checksums, findings);
  }

  private static String oneLine(Exception e) {
    return "It says: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }

  private static void waive(ChangeText change, Findings findings) {
    List<RuleFinding> own = findings.of(change.file(), change.id());
    Map<Waiver, Boolean> used = new LinkedHashMap<>();
    for (Waiver waiver : change.waivers()) {
      List<RuleFinding> waived =
          own.stream().filter(finding -> finding.rule() == waiver.rule()).toList();
      waived.forEach(findings::remove);
      used.put(waiver, !waived.isEmpty());
    }
    used.forEach(
        (waiver, waives) -> {
          if (!waives) {
            String what = "There is no " + waiver.rule().id() + " in the changeset.";
            findings.add(Rule.WAIVER_UNUSED, change.file(), waiver.line(), change.id(), what);
          }
        });
  }
}

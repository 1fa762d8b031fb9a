package io.tenantry.migrations.rules;

import io.tenantry.migrations.rules.ChangeText.Waiver;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What changesets of the tenant tree say by their marks, and whether that is true of the rows that
 * they touch: the same rules as the linter's, for whoever compiles a tree that nobody has linted.
 * For the changesets of one tree, one after another; for one thread.
 */
public final class CompiledMarks {

  /** What would change nothing, or check nothing, and say that it succeeded. */
  private static final Set<Rule> ABOUT_ENTERING =
      EnumSet.of(Rule.BACKFILL_WITHOUT_TENANT, Rule.FOREIGN_KEY_UNCHECKED);

  private final Tables tables = new Tables(Tree.TENANT);

  /**
   * The marks of one changeset.
   *
   * @param enters whether the tenant is entered before it, and before its rollback
   * @param compatible whether running code works without it, and newer code, too
   * @param wrong why it must not run: what is wrong, and the way out; null when nothing is
   */
  public record Said(boolean enters, boolean compatible, @Nullable String wrong) {}

  /**
   * Reads the next one of the tree.
   *
   * @param sql what it does, with its comments
   * @param rollback what takes it back; empty when it says none
   */
  public Said next(String id, String sql, String rollback) {
    List<Mark> marks = sql.lines().map(Mark::of).flatMap(Optional::stream).toList();
    boolean enters = marks.stream().anyMatch(Mark.Enter.class::isInstance);
    boolean compatible = marks.stream().noneMatch(Mark.Incompatible.class::isInstance);
    if (marks.stream().anyMatch(Mark.Unknown.class::isInstance)) {
      return new Said(enters, compatible, wrong(Rule.MARK_UNKNOWN));
    }
    Findings findings = new Findings();
    ChangeSetLinter.judge(judged(id, sql, rollback, enters, findings));
    return new Said(
        enters,
        compatible,
        findings.of("", id).stream()
            .map(RuleFinding::rule)
            .filter(ABOUT_ENTERING::contains)
            .filter(rule -> !marks.contains(new Mark.Allow(rule)))
            .findFirst()
            .map(CompiledMarks::wrong)
            .orElse(null));
  }

  private Case judged(String id, String sql, String rollback, boolean enters, Findings findings) {
    List<Waiver> none = List.of();
    ChangeText change =
        new ChangeText(
            "", 1, id, Map.of(), enters, none, new SqlText(sql, 1), new SqlText(rollback, 1));
    return new Case(
        Tree.TENANT, change, tables, Mapping.none(), new LargeTables(Set.of()), false, findings);
  }

  private static String wrong(Rule rule) {
    return rule.what() + " (" + rule.id() + "). " + rule.fix();
  }
}

package io.tenantry.migrations.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Findings as they are made; the same one twice counts once. For one thread. */
final class Findings {

  private final Set<RuleFinding> found = new LinkedHashSet<>();

  void add(Rule rule, String file, int line, @Nullable String changeSet, String what) {
    found.add(new RuleFinding(rule, file, line, changeSet, what));
  }

  /** Those of one changeset, in the order in which they were made. */
  List<RuleFinding> of(String file, String changeSet) {
    return found.stream()
        .filter(one -> one.file().equals(file) && changeSet.equals(one.changeSet()))
        .toList();
  }

  void remove(RuleFinding finding) {
    found.remove(finding);
  }

  /** Whether it is in doubt already which text Liquibase reads. */
  boolean areOfReading() {
    return found.stream()
        .map(RuleFinding::rule)
        .anyMatch(rule -> rule.group() == RuleGroup.LIQUIBASE && !rule.waivable());
  }

  List<RuleFinding> sorted() {
    List<RuleFinding> all = new ArrayList<>(found);
    all.sort(
        Comparator.comparing(RuleFinding::file)
            .thenComparingInt(RuleFinding::line)
            .thenComparing(RuleFinding::rule));
    return List.copyOf(all);
  }
}

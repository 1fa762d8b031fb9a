package io.tenantry.migrations.rules;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has been released stays as it is, and nothing comes before it. */
final class ReleasedRules {

  private ReleasedRules() {}

  /**
   * @param released ids and checksums, in order
   * @param changes as they are written
   * @param checksums as Liquibase works them out
   */
  static void check(
      Tree tree,
      Map<String, String> released,
      List<ChangeText> changes,
      Map<String, String> checksums,
      Findings findings) {
    Map<String, ChangeText> present = new LinkedHashMap<>();
    changes.forEach(change -> present.put(change.id(), change));
    released.forEach(
        (id, checksum) -> {
          ChangeText change = present.get(id);
          if (change == null) {
            findings.add(Rule.RELEASED_CHANGED, tree.root(), 1, id, id + " is gone.");
          } else if (!checksum.equals(checksums.get(id))) {
            String what = "The checksum was " + checksum + ", and is " + checksums.get(id) + ".";
            findings.add(Rule.RELEASED_CHANGED, change.file(), change.line(), id, what);
          }
        });
    if (tree == Tree.TENANT) {
      order(released, changes, findings);
    }
  }

  private static void order(
      Map<String, String> released, List<ChangeText> changes, Findings findings) {
    Set<String> left = new HashSet<>(released.keySet());
    changes.forEach(change -> left.remove(change.id()));
    Set<String> ahead = new HashSet<>(released.keySet());
    ahead.removeAll(left);
    List<String> order = released.keySet().stream().filter(ahead::contains).toList();
    int next = 0;
    for (ChangeText change : changes) {
      if (next == order.size()) {
        return;
      }
      if (change.id().equals(order.get(next))) {
        next++;
      } else {
        String what = change.id() + " is before " + order.get(next) + ".";
        findings.add(Rule.RELEASED_ORDER, change.file(), change.line(), change.id(), what);
        if (ahead.contains(change.id())) {
          return;
        }
      }
    }
  }
}

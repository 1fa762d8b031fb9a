package io.tenantry.migrations.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be said when a changeset has been read to its end. */
final class ChangeRules {

  private final Case judged;
  private final Map<String, Integer> uncommented = new LinkedHashMap<>();
  private final Map<String, Integer> weakened = new LinkedHashMap<>();
  private final Set<String> commented = new HashSet<>();

  ChangeRules(Case judged) {
    this.judged = judged;
  }

  /** Call it before the tables know of the fact. */
  void see(Fact fact, int line) {
    switch (fact) {
      case Fact.CreatesSchema(String schema) -> uncommented.put("schema " + schema, line);
      case Fact.CreatesFunction(String function) -> uncommented.put("function " + function, line);
      case Fact.CreatesTable made -> {
        uncommented.put("table " + made.table(), line);
        made.columns().forEach(column -> column(made.table(), column));
      }
      case Fact.AddsColumn(String table, Column column) -> column(table, column);
      case Fact.Comments(String kind, String target) -> commented.add(kind + " " + target);
      case Fact.RowSecurity(String table, Fact.RowSecurity.Action _) -> weakens(table, line);
      case Fact.DropsPolicy(String _, String table) -> weakens(table, line);
      default -> {}
    }
  }

  private void column(String table, Column column) {
    uncommented.put("column " + table + "." + column.name(), column.line());
  }

  private void weakens(String table, int line) {
    if (judged.tables().get(table).map(TableState::isProtected).orElse(false)) {
      weakened.put(table, line);
    }
  }

  /** Call it when the tables know of all facts. */
  void end() {
    uncommented.forEach(
        (what, line) -> {
          if (!commented.contains(what)) {
            judged.found(Rule.COMMENT_MISSING, line, "There is none on " + what + ".");
          }
        });
    weakened.forEach(
        (table, line) -> {
          if (judged.tables().get(table).map(state -> !state.isProtected()).orElse(false)) {
            judged.found(Rule.ROW_SECURITY_WEAKENED, line, table + " is not protected at the end.");
          }
        });
    transaction();
  }

  private void transaction() {
    ChangeText change = judged.change();
    List<SqlText> texts = new ArrayList<>(List.of(change.sql()));
    if (!change.rollback().isBlank()) {
      texts.add(change.rollback());
    }
    for (SqlText text : texts) {
      List<List<SqlToken>> statements = SqlStatements.of(text);
      if (!change.inTransaction()) {
        if (statements.size() != 1 || !isConcurrentIndex(statements.getFirst())) {
          String what = "The changeset runs without a transaction, and is not one such index.";
          judged.found(Rule.NOT_TRANSACTIONAL, change.line(), what);
        }
      } else {
        statements.stream()
            .flatMap(List::stream)
            .filter(token -> token.is("concurrently"))
            .forEach(
                token ->
                    judged.found(
                        Rule.NOT_TRANSACTIONAL, token.line(), "CONCURRENTLY in a transaction."));
      }
    }
  }

  private static boolean isConcurrentIndex(List<SqlToken> statement) {
    Cursor cursor = new Cursor(statement);
    return cursor.skipAny(
        "create index concurrently", "create unique index concurrently", "drop index concurrently");
  }
}

package io.tenantry.migrations.rules;

import io.tenantry.migrations.rules.Constraint.Kind;
import io.tenantry.tenancy.sql.SqlScanner.Token;
import java.util.List;
import java.util.Set;

/** What a changeset does to tables that serve requests while it runs and after it. */
final class RunningSystemRules {

  /** Functions whose result PostgreSQL works out once for all rows. */
  private static final Set<String> NOT_VOLATILE =
      Set.of(
          "now",
          "transaction_timestamp",
          "statement_timestamp",
          "date_trunc",
          "timezone",
          "lower",
          "upper",
          "coalesce",
          "nullif",
          "length",
          "concat",
          "decode",
          "make_interval",
          "cast",
          "jsonb_build_object",
          "jsonb_build_array",
          "to_char",
          "current_schema",
          "numeric",
          "varchar",
          "char",
          "decimal",
          "array",
          "interval",
          "bit");

  private final Case judged;
  private final int line;

  private RunningSystemRules(Case judged, int line) {
    this.judged = judged;
    this.line = line;
  }

  static void check(Case judged, Fact fact, int line) {
    RunningSystemRules rules = new RunningSystemRules(judged, line);
    rules.drops(fact);
    switch (fact) {
      case Fact.Rewrites(String table, String how) -> {
        if (judged.meetsRows(table)) {
          rules.found(Rule.TABLE_REWRITE, how + " rewrites " + table + ".");
        }
      }
      case Fact.AddsColumn(String table, Column column) -> {
        if (judged.meetsRows(table)) {
          rules.added(table, column);
        }
      }
      case Fact.DemandsValue(String table, String column) -> rules.demands(table, column);
      case Fact.AddsConstraint(String table, Constraint constraint) ->
          rules.constraint(table, constraint);
      case Fact.Validates(String table, String constraint) -> {
        if (constraint.endsWith(Kind.FOREIGN.ending())) {
          rules.foreignKey(table, "VALIDATE " + constraint);
        }
      }
      case Fact.CreatesIndex index -> {
        if (!index.concurrently()) {
          rules.index(index.table(), "CREATE INDEX " + index.name());
        }
      }
      default -> {}
    }
  }

  private void found(Rule rule, String what) {
    judged.found(rule, line, what);
  }

  private void drops(Fact fact) {
    if (judged.released()) {
      return;
    }
    Mapping mapped = judged.mapped();
    switch (fact) {
      case Fact.DropsTable(String table) ->
          gone(table, mapped.hasTable(table), table + " is dropped");
      case Fact.RenamesTable(String table, String to) ->
          gone(table, mapped.hasTable(table), table + " becomes " + to);
      case Fact.DropsColumn(String table, String column) ->
          gone(table, mapped.hasColumn(table, column), table + "." + column + " is dropped");
      case Fact.RenamesColumn(String table, String column, String to) ->
          gone(table, mapped.hasColumn(table, column), table + "." + column + " becomes " + to);
      case Fact.DropsSchema(String schema) ->
          gone(schema + ".", mapped.hasSchema(schema), "schema " + schema + " is dropped");
      default -> {}
    }
  }

  /** The platform's own tables are read by plain JDBC, which no mapping tells of. */
  private void gone(String table, boolean mapped, String what) {
    if (mapped) {
      found(Rule.DROPS_MAPPED, what + ", and is mapped.");
    } else if (Tables.isControl(table) && judged.meetsRows(table)) {
      found(Rule.DROPS_MAPPED, what + ", and no mapping tells who reads it.");
    }
  }

  private void added(String table, Column column) {
    String name = table + "." + column.name();
    if (column.computed()) {
      found(Rule.TABLE_REWRITE, name + " is computed for all rows.");
    } else if (isVolatile(column.standard())) {
      found(Rule.TABLE_REWRITE, name + " gets a value of its own in each row.");
    } else if (column.notNull() && !column.hasDefault()) {
      found(Rule.NOT_NULL, name + " has no default.");
    }
    for (Constraint constraint : column.constraints()) {
      constraint(table, constraint);
    }
  }

  /** A call whose function is not known to be the same for all rows counts as volatile. */
  private static boolean isVolatile(List<SqlToken> standard) {
    for (int i = 0; i + 1 < standard.size(); i++) {
      SqlToken token = standard.get(i);
      boolean call = token.kind() == Token.WORD && standard.get(i + 1).isSign('(');
      if (call && !NOT_VOLATILE.contains(token.name())) {
        return true;
      }
    }
    return false;
  }

  private void demands(String table, String column) {
    boolean proven =
        judged
            .tables()
            .get(table)
            .map(state -> state.isProven(column + " is not null"))
            .orElse(false);
    if (judged.meetsRows(table) && !proven) {
      found(Rule.NOT_NULL, table + "." + column + " becomes NOT NULL without a validated check.");
    }
  }

  private void constraint(String table, Constraint constraint) {
    if (constraint.kind() == Kind.FOREIGN && !constraint.notValid()) {
      foreignKey(table, "ADD FOREIGN KEY");
    }
    boolean builds =
        constraint.kind() == Kind.PRIMARY
            || constraint.kind() == Kind.UNIQUE
            || constraint.kind() == Kind.EXCLUDE;
    if (builds && !constraint.usingIndex()) {
      index(table, "a key");
    }
  }

  private void foreignKey(String table, String how) {
    boolean sees = judged.tree() == Tree.TENANT && judged.change().enters();
    if (judged.meetsRows(table) && judged.hidesRows(table) && !sees) {
      found(Rule.FOREIGN_KEY_UNCHECKED, how + " on " + table + " sees no row.");
    }
  }

  private void index(String table, String what) {
    if (!judged.released() && judged.large().has(table) && judged.meetsRows(table)) {
      found(Rule.INDEX_BLOCKS, table + " is marked large, and gets " + what + ".");
    }
  }
}

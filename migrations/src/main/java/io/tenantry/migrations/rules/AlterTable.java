package io.tenantry.migrations.rules;

import io.tenantry.migrations.rules.Fact.RowSecurity.Action;
import java.util.List;
import java.util.Optional;

/** Reads the actions of ALTER TABLE. Those that no rule asks for are passed over. */
final class AlterTable {

  private AlterTable() {}

  static void read(Cursor cursor, FactSink sink) {
    cursor.skip("if exists");
    cursor.skip("only");
    String table = cursor.name();
    for (List<SqlToken> action : Cursor.commas(cursor.rest())) {
      if (!action.isEmpty()) {
        action(table, new Cursor(action)).ifPresent(fact -> sink.add(fact, action.getFirst()));
      }
    }
  }

  private static Optional<Fact> action(String table, Cursor cursor) {
    if (cursor.skip("add")) {
      return Optional.of(added(table, cursor));
    } else if (cursor.skip("drop")) {
      return dropped(table, cursor);
    } else if (cursor.skip("alter")) {
      return altered(table, cursor);
    } else if (cursor.skip("rename")) {
      return renamed(table, cursor);
    } else if (cursor.skip("validate constraint")) {
      return Optional.of(new Fact.Validates(table, cursor.name()));
    } else if (cursor.skip("set schema")) {
      return Optional.of(
          new Fact.RenamesTable(table, cursor.name() + "." + Tables.unqualified(table)));
    } else if (cursor.skipAny("set logged", "set unlogged")) {
      return Optional.of(new Fact.Rewrites(table, "SET LOGGED or UNLOGGED"));
    } else if (cursor.skipAny("set tablespace", "set access method")) {
      return Optional.of(new Fact.Rewrites(table, "SET TABLESPACE or ACCESS METHOD"));
    }
    return rowSecurity(cursor).map(action -> new Fact.RowSecurity(table, action));
  }

  private static Fact added(String table, Cursor cursor) {
    if (Declarations.isConstraint(cursor.rest())) {
      return new Fact.AddsConstraint(table, Declarations.constraint(cursor.rest()));
    }
    cursor.skip("column");
    cursor.skip("if not exists");
    return new Fact.AddsColumn(table, Declarations.column(cursor.rest()));
  }

  private static Optional<Fact> dropped(String table, Cursor cursor) {
    if (cursor.skip("constraint")) {
      return Optional.empty();
    }
    cursor.skip("column");
    cursor.skip("if exists");
    return Optional.of(new Fact.DropsColumn(table, cursor.name()));
  }

  private static Optional<Fact> altered(String table, Cursor cursor) {
    if (cursor.skip("constraint")) {
      return Optional.empty();
    }
    cursor.skip("column");
    String column = cursor.name();
    if (cursor.skipAny("type", "set data type")) {
      return Optional.of(new Fact.Rewrites(table, "another type for " + column));
    } else if (cursor.skip("set expression")) {
      return Optional.of(new Fact.Rewrites(table, "another expression for " + column));
    }
    return cursor.skip("set not null")
        ? Optional.of(new Fact.DemandsValue(table, column))
        : Optional.empty();
  }

  private static Optional<Fact> renamed(String table, Cursor cursor) {
    if (cursor.skip("to")) {
      String schema = table.substring(0, table.lastIndexOf('.') + 1);
      return Optional.of(new Fact.RenamesTable(table, schema + cursor.name()));
    } else if (cursor.skip("constraint")) {
      return Optional.empty();
    }
    cursor.skip("column");
    String column = cursor.name();
    cursor.skip("to");
    return Optional.of(new Fact.RenamesColumn(table, column, cursor.name()));
  }

  private static Optional<Action> rowSecurity(Cursor cursor) {
    if (cursor.skip("enable row level security")) {
      return Optional.of(Action.ENABLE);
    } else if (cursor.skip("force row level security")) {
      return Optional.of(Action.FORCE);
    } else if (cursor.skip("no force row level security")) {
      return Optional.of(Action.NO_FORCE);
    }
    return cursor.skip("disable row level security")
        ? Optional.of(Action.DISABLE)
        : Optional.empty();
  }
}

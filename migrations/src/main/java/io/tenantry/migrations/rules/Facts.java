package io.tenantry.migrations.rules;

import io.tenantry.tenancy.sql.SqlScanner.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads what a statement does. A statement of a kind that no rule asks for gives nothing. */
final class Facts {

  private static final String[] SESSION = {
    "begin",
    "start transaction",
    "commit",
    "end",
    "rollback",
    "abort",
    "savepoint",
    "release",
    "prepare transaction",
    "set",
    "reset",
    "discard"
  };

  private final List<SqlToken> statement;
  private final FactSink sink;

  private Facts(List<SqlToken> statement, FactSink sink) {
    this.statement = statement;
    this.sink = sink;
  }

  static void read(List<SqlToken> statement, FactSink sink) {
    Facts facts = new Facts(statement, sink);
    Cursor cursor = new Cursor(statement);
    if (cursor.skip("create")) {
      facts.created(cursor);
    } else if (cursor.skip("alter")) {
      facts.altered(cursor);
    } else if (cursor.skip("drop")) {
      facts.dropped(cursor);
    } else if (cursor.skip("comment on")) {
      facts.comments(cursor);
    } else if (cursor.skipAny("grant", "revoke")) {
      facts.granted(cursor);
    } else if (cursor.skip("copy")) {
      facts.copied(cursor);
    } else {
      facts.rows(cursor);
      facts.session(new Cursor(statement));
    }
  }

  private void add(Fact fact) {
    sink.add(fact, statement.getFirst());
  }

  private void created(Cursor cursor) {
    cursor.skip("or replace");
    boolean unique = cursor.skip("unique");
    cursor.skipAny("unlogged", "temporary", "temp", "constraint");
    if (cursor.skip("table")) {
      cursor.skip("if not exists");
      table(cursor.name(), cursor);
    } else if (cursor.skip("index")) {
      index(cursor, unique);
    } else if (cursor.skip("policy")) {
      String name = cursor.name();
      cursor.skip("on");
      add(new Fact.CreatesPolicy(name, cursor.name(), Cursor.joined(cursor.rest())));
    } else if (cursor.skip("schema")) {
      cursor.skip("if not exists");
      add(new Fact.CreatesSchema(cursor.name()));
    } else if (cursor.skip("function")) {
      add(new Fact.CreatesFunction(cursor.name()));
    }
  }

  private void table(String name, Cursor cursor) {
    if (cursor.sees("of")) {
      add(new Fact.CopiesTable(name, "OF"));
    }
    List<Column> columns = new ArrayList<>();
    List<Constraint> constraints = new ArrayList<>();
    for (List<SqlToken> part : cursor.parenthesized()) {
      if (Declarations.isConstraint(part)) {
        constraints.add(Declarations.constraint(part));
      } else if (new Cursor(part).sees("like")) {
        add(new Fact.CopiesTable(name, "LIKE"));
      } else if (!part.isEmpty()) {
        columns.add(Declarations.column(part));
      }
    }
    add(new Fact.CreatesTable(name, List.copyOf(columns), List.copyOf(constraints)));
    while (cursor.hasNext()) {
      if (cursor.sees("as") || cursor.sees("inherits")) {
        add(new Fact.CopiesTable(name, cursor.peek().text().toUpperCase(Locale.ROOT)));
        return;
      }
      if (cursor.parenthesized().isEmpty()) {
        cursor.next();
      }
    }
  }

  private void index(Cursor cursor, boolean unique) {
    boolean concurrently = cursor.skip("concurrently");
    cursor.skip("if not exists");
    String name = cursor.sees("on") ? "" : cursor.name();
    cursor.skip("on");
    cursor.skip("only");
    String table = cursor.name();
    if (cursor.skip("using")) {
      cursor.next();
    }
    List<List<SqlToken>> parts = cursor.parenthesized();
    String first = parts.isEmpty() ? "" : new Cursor(parts.getFirst()).name();
    add(new Fact.CreatesIndex(name, table, unique, concurrently, first));
  }

  private void altered(Cursor cursor) {
    if (cursor.skip("table")) {
      AlterTable.read(cursor, sink);
    } else if (cursor.skip("default privileges")) {
      add(new Fact.ChangesDefaultPrivileges());
    } else if (cursor.skip("policy")) {
      String name = cursor.name();
      cursor.skip("on");
      add(new Fact.AltersPolicy(name, cursor.name()));
    }
  }

  private void dropped(Cursor cursor) {
    String kind = cursor.next().name();
    if (kind.equals("index")) {
      add(new Fact.DropsIndex(cursor.skip("concurrently")));
      return;
    }
    cursor.skip("if exists");
    switch (kind) {
      case "table" ->
          Cursor.commas(cursor.rest())
              .forEach(one -> add(new Fact.DropsTable(new Cursor(one).name())));
      case "schema" ->
          Cursor.commas(cursor.rest())
              .forEach(one -> add(new Fact.DropsSchema(new Cursor(one).name())));
      case "policy" -> {
        String name = cursor.name();
        cursor.skip("on");
        add(new Fact.DropsPolicy(name, cursor.name()));
      }
      default -> {}
    }
  }

  private void comments(Cursor cursor) {
    String kind = cursor.next().name();
    add(new Fact.Comments(kind, cursor.name()));
  }

  private void granted(Cursor cursor) {
    while (cursor.hasNext()) {
      if (cursor.skip("on all")) {
        add(new Fact.GrantsOnAll("ON ALL " + cursor.peek().text().toUpperCase(Locale.ROOT)));
        return;
      }
      cursor.next();
    }
  }

  private void copied(Cursor cursor) {
    String table = cursor.name();
    cursor.parenthesized();
    if (cursor.skip("from")) {
      add(new Fact.CopiesFrom(table));
    }
  }

  /** Those of a WITH, too. */
  private void rows(Cursor cursor) {
    while (cursor.hasNext()) {
      if (cursor.skip("insert into")) {
        add(new Fact.ChangesRows(cursor.name(), "INSERT"));
      } else if (cursor.skip("delete from")) {
        cursor.skip("only");
        add(new Fact.ChangesRows(cursor.name(), "DELETE"));
      } else if (cursor.skip("merge into")) {
        cursor.skip("only");
        add(new Fact.ChangesRows(cursor.name(), "MERGE"));
      } else if (cursor.skip("update")) {
        update(cursor);
      } else {
        cursor.next();
      }
    }
  }

  /** Not FOR UPDATE, nor ON CONFLICT .. DO UPDATE. */
  private void update(Cursor cursor) {
    cursor.skip("only");
    if (cursor.sees("set")) {
      return;
    }
    String table = cursor.name();
    cursor.skip("as");
    if (!cursor.sees("set") && cursor.peek().kind() == Token.WORD) {
      cursor.next();
    }
    if (cursor.skip("set")) {
      add(new Fact.ChangesRows(table, "UPDATE"));
    }
  }

  private void session(Cursor cursor) {
    String first = cursor.peek().text().toUpperCase(Locale.ROOT);
    if (cursor.skipAny("cluster", "vacuum full")) {
      add(new Fact.Rewrites(cursor.name(), first));
    } else if (cursor.skipAny(SESSION)) {
      add(new Fact.ChangesSession(first));
    }
    if (statement.stream().anyMatch(token -> token.is("set_config"))) {
      add(new Fact.ChangesSession("set_config"));
    }
  }
}

package io.tenantry.migrations.rules;

import io.tenantry.migrations.rules.Constraint.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what stands between the parentheses of CREATE TABLE, and behind ADD of ALTER TABLE. */
final class Declarations {

  private static final Set<String> OPTION =
      Set.of(
          "not",
          "null",
          "default",
          "constraint",
          "primary",
          "unique",
          "references",
          "check",
          "generated",
          "collate",
          "storage",
          "compression",
          "deferrable",
          "initially");

  private static final Set<String> SERIAL = Set.of("serial", "bigserial", "smallserial");

  private Declarations() {}

  static boolean isConstraint(List<SqlToken> part) {
    Cursor cursor = new Cursor(part);
    return cursor.skipAny(
            "constraint", "primary key", "foreign key", "exclude", "unique using", "unique nulls")
        || (cursor.skipAny("unique", "check") && !cursor.peek().isName());
  }

  static Constraint constraint(List<SqlToken> part) {
    Cursor cursor = new Cursor(part);
    int line = cursor.line();
    @Nullable String name = cursor.skip("constraint") ? cursor.name() : null;
    return constraint(cursor, name, line, List.of());
  }

  /**
   * @param own the column that the constraint stands behind; empty where it names its columns
   */
  private static Constraint constraint(
      Cursor cursor, @Nullable String name, int line, List<String> own) {
    Kind kind = kind(cursor);
    boolean usingIndex = false;
    List<String> columns = List.of();
    String condition = "";
    if (kind == Kind.CHECK) {
      condition = String.join(" , ", cursor.parenthesized().stream().map(Cursor::joined).toList());
    } else if (kind.isKey()) {
      cursor.skipAny("nulls not distinct", "nulls distinct");
      usingIndex = cursor.skip("using index");
      columns = own.isEmpty() ? names(cursor.parenthesized()) : own;
    }
    boolean notValid = false;
    if (own.isEmpty()) {
      while (cursor.hasNext()) {
        notValid |= cursor.skip("not valid");
        cursor.next();
      }
    } else if (kind == Kind.FOREIGN) {
      cursor.name();
      cursor.parenthesized();
    }
    return new Constraint(name, kind, columns, condition, notValid, usingIndex, line);
  }

  private static Kind kind(Cursor cursor) {
    if (cursor.skip("primary key")) {
      return Kind.PRIMARY;
    } else if (cursor.skip("unique")) {
      return Kind.UNIQUE;
    } else if (cursor.skipAny("foreign key", "references")) {
      return Kind.FOREIGN;
    }
    return cursor.skip("exclude") ? Kind.EXCLUDE : checked(cursor);
  }

  private static Kind checked(Cursor cursor) {
    cursor.skip("check");
    return Kind.CHECK;
  }

  private static List<String> names(List<List<SqlToken>> parts) {
    return parts.stream().map(part -> new Cursor(part).name()).toList();
  }

  static Column column(List<SqlToken> part) {
    Cursor cursor = new Cursor(part);
    int line = cursor.line();
    String name = cursor.next().name();
    List<SqlToken> type = untilOption(cursor);
    boolean computed = type.stream().anyMatch(token -> SERIAL.contains(token.name()));
    boolean notNull = false;
    List<SqlToken> standard = List.of();
    List<Constraint> constraints = new ArrayList<>();
    @Nullable String constraintName = null;
    while (cursor.hasNext()) {
      if (cursor.skip("constraint")) {
        constraintName = cursor.name();
        continue;
      } else if (cursor.skip("not null")) {
        notNull = true;
      } else if (cursor.skip("default")) {
        standard = untilOption(cursor);
      } else if (cursor.skip("generated")) {
        computed |= !isVirtual(cursor.rest());
        untilOption(cursor);
      } else if (startsConstraint(cursor)) {
        constraints.add(constraint(cursor, constraintName, line, List.of(name)));
      } else {
        cursor.next();
      }
      constraintName = null;
    }
    return new Column(
        name, Cursor.joined(type), notNull, standard, computed, List.copyOf(constraints), line);
  }

  private static boolean isVirtual(List<SqlToken> generated) {
    return generated.stream().anyMatch(token -> token.is("virtual"));
  }

  private static boolean startsConstraint(Cursor cursor) {
    return cursor.sees("primary key")
        || cursor.sees("unique")
        || cursor.sees("references")
        || cursor.sees("check");
  }

  private static List<SqlToken> untilOption(Cursor cursor) {
    List<SqlToken> tokens = new ArrayList<>();
    int depth = 0;
    while (cursor.hasNext()) {
      SqlToken token = cursor.peek();
      if (depth == 0 && OPTION.contains(token.name()) && !tokens.isEmpty()) {
        break;
      }
      depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
      tokens.add(cursor.next());
    }
    return tokens;
  }
}

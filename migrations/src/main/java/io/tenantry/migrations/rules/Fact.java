package io.tenantry.migrations.rules;

import java.util.List;

/** What a statement does, as far as a rule asks for it. Tables are named as the text names them. */
sealed interface Fact {

  record CreatesTable(String table, List<Column> columns, List<Constraint> constraints)
      implements Fact {}

  /** Beside {@link CreatesTable}, for one whose columns are not all written there. */
  record CopiesTable(String table, String how) implements Fact {}

  record CreatesSchema(String schema) implements Fact {}

  record CreatesFunction(String function) implements Fact {}

  record AddsColumn(String table, Column column) implements Fact {}

  record AddsConstraint(String table, Constraint constraint) implements Fact {}

  record Validates(String table, String constraint) implements Fact {}

  record DropsTable(String table) implements Fact {}

  record DropsSchema(String schema) implements Fact {}

  record DropsColumn(String table, String column) implements Fact {}

  /** Of a table, or its move to another schema. */
  record RenamesTable(String table, String to) implements Fact {}

  record RenamesColumn(String table, String column, String to) implements Fact {}

  record Rewrites(String table, String how) implements Fact {}

  record DemandsValue(String table, String column) implements Fact {}

  record RowSecurity(String table, Action action) implements Fact {
    enum Action {
      ENABLE,
      FORCE,
      NO_FORCE,
      DISABLE
    }
  }

  /**
   * An index of a table, a unique one or not.
   *
   * @param name empty when PostgreSQL is to name it
   * @param firstColumn empty when it begins with an expression
   */
  record CreatesIndex(
      String name, String table, boolean unique, boolean concurrently, String firstColumn)
      implements Fact {}

  record DropsIndex(boolean concurrently) implements Fact {}

  /**
   * A policy of whatever name.
   *
   * @param text what follows the table's name, tokens joined by blanks
   */
  record CreatesPolicy(String name, String table, String text) implements Fact {}

  record DropsPolicy(String name, String table) implements Fact {}

  record AltersPolicy(String name, String table) implements Fact {}

  /**
   * A comment on something.
   *
   * @param kind table, column, function, ..
   * @param target its name, of a function without its parameters
   */
  record Comments(String kind, String target) implements Fact {}

  record ChangesRows(String table, String verb) implements Fact {}

  record CopiesFrom(String table) implements Fact {}

  record GrantsOnAll(String what) implements Fact {}

  record ChangesDefaultPrivileges() implements Fact {}

  record ChangesSession(String how) implements Fact {}
}

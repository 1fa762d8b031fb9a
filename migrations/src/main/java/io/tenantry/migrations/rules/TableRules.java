package io.tenantry.migrations.rules;

import io.tenantry.migrations.rules.Constraint.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How tables, columns and constraints look and are called. */
final class TableRules {

  /** A domain each; who writes a table of a new one adds it here. */
  private static final List<String> PREFIXES =
      List.of(
          "research_",
          "agents_",
          "knowledge_",
          "desk_",
          "risk_",
          "model_",
          "audit_",
          "api_",
          "ref_");

  /** Columns that record when a row came to be, or was last written. */
  private static final Set<String> SET_BY_DATABASE =
      Set.of("created_at", "recorded_at", "placed_at", "occurred_at", "updated_at");

  private static final String TENANT_ID = "tenant_id";
  private static final String HISTORY = "databasechangelog";

  private final Case judged;
  private final int line;

  private TableRules(Case judged, int line) {
    this.judged = judged;
    this.line = line;
  }

  static void check(Case judged, Fact fact, int line) {
    TableRules rules = new TableRules(judged, line);
    switch (fact) {
      case Fact.CreatesTable made -> rules.made(made);
      case Fact.CopiesTable(String table, String how) ->
          rules.found(Rule.TABLE_COPIED, line, table + " is made by " + how + ".");
      case Fact.AddsColumn(String table, Column column) -> rules.column(table, column);
      case Fact.AddsConstraint(String table, Constraint constraint) ->
          rules.constraint(table, constraint);
      case Fact.CreatesIndex index -> rules.index(index);
      case Fact.RenamesTable(String _, String to) -> rules.prefix(to);
      default -> {}
    }
  }

  private void found(Rule rule, int where, String what) {
    judged.found(rule, where, what);
  }

  private void made(Fact.CreatesTable made) {
    prefix(made.table());
    if (!made.columns().isEmpty()) {
      tenantId(made);
    }
    made.columns().forEach(column -> column(made.table(), column));
    made.constraints().forEach(constraint -> constraint(made.table(), constraint));
  }

  /** The platform's own tables are of one domain, which their schema names. */
  private void prefix(String table) {
    String name = Tables.unqualified(table);
    boolean named = PREFIXES.stream().anyMatch(name::startsWith);
    if (!named && !name.startsWith(HISTORY) && !Tables.isControl(table)) {
      found(Rule.TABLE_PREFIX, line, "The table is " + table + ".");
    }
  }

  private void tenantId(Fact.CreatesTable made) {
    String table = made.table();
    Column tenant =
        made.columns().stream()
            .filter(column -> column.name().equals(TENANT_ID))
            .findFirst()
            .orElse(null);
    if (Tables.isReference(table)) {
      boolean placed = judged.tree() == Tree.PLATFORM && table.startsWith("tenantry_api.");
      if (!placed || tenant != null) {
        String why = placed ? " has tenant_id." : " is not in tenantry_api.";
        found(Rule.REFERENCE_DATA, line, table + why);
      }
    } else if (judged.tables().holdsTenants(table)) {
      if (tenant == null && judged.tree() == Tree.PLATFORM) {
        found(Rule.REFERENCE_DATA, line, table + " has no tenant_id.");
      } else if (tenant == null) {
        found(Rule.TENANT_ID_COLUMN, line, table + " has no tenant_id.");
      } else if (!tenant.type().equals("uuid") || !tenant.notNull() || tenant.hasDefault()) {
        found(Rule.TENANT_ID_COLUMN, tenant.line(), table + ".tenant_id is declared otherwise.");
      }
    }
  }

  private void column(String table, Column column) {
    String name = table + "." + column.name();
    if (!isTime(column)) {
      found(Rule.TIME_TYPE, column.line(), name + " is of type " + column.type() + ".");
    }
    boolean set =
        column.notNull() && List.of("now ( )", "current_timestamp").contains(standard(column));
    if (SET_BY_DATABASE.contains(column.name()) && !set) {
      found(Rule.CREATED_DEFAULT, column.line(), name + " is not set by the database.");
    }
    column.constraints().forEach(constraint -> constraint(table, constraint));
  }

  private static String standard(Column column) {
    return Cursor.joined(column.standard());
  }

  private static boolean isTime(Column column) {
    String type = column.type();
    boolean zoned =
        type.startsWith("timestamptz")
            || (type.startsWith("timestamp") && type.endsWith("with time zone"));
    boolean time = type.startsWith("timestamp") || type.matches("time(tz)?( .*)?");
    return zoned || (!time && !column.name().endsWith("_at"));
  }

  private void constraint(String table, Constraint constraint) {
    named(table, constraint.name(), constraint.kind().ending(), constraint.line());
    boolean key = constraint.kind().isKey() && !constraint.usingIndex();
    String first = constraint.columns().isEmpty() ? "" : constraint.columns().getFirst();
    if (key && judged.tables().holdsTenants(table) && !first.equals(TENANT_ID)) {
      found(
          Rule.KEY_WITHOUT_TENANT,
          constraint.line(),
          "A key of " + table + " begins with " + first + ".");
    }
  }

  private void index(Fact.CreatesIndex index) {
    boolean unique = index.unique();
    named(index.table(), index.name(), unique ? Kind.UNIQUE.ending() : "_idx", line);
    boolean tenants = judged.tables().holdsTenants(index.table());
    if (unique && tenants && !index.firstColumn().equals(TENANT_ID)) {
      found(
          Rule.KEY_WITHOUT_TENANT,
          line,
          index.name() + " is unique and begins with " + index.firstColumn() + ".");
    }
  }

  private void named(String table, @Nullable String name, String ending, int where) {
    if (name == null || name.isEmpty()) {
      found(Rule.CONSTRAINT_NAME, where, "One of " + table + " has no name.");
    } else if (!name.startsWith(Tables.unqualified(table) + "_") || !name.endsWith(ending)) {
      String form = Tables.unqualified(table) + "_.." + ending;
      found(Rule.CONSTRAINT_NAME, where, name + " is not of the form " + form + ".");
    }
  }
}

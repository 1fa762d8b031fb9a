package io.tenantry.migrations.rules;

import io.tenantry.migrations.rules.Constraint.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The tables of a tree, as the changesets so far have made them. For one thread. */
final class Tables {

  /** The one name of a policy. */
  static final String POLICY = "tenant_isolation";

  private static final String CONTROL = "tenantry_control.";

  private final Tree tree;
  private final Map<String, TableState> tables = new LinkedHashMap<>();

  Tables(Tree tree) {
    this.tree = tree;
  }

  Map<String, TableState> all() {
    return tables;
  }

  Optional<TableState> get(String table) {
    return Optional.ofNullable(tables.get(table));
  }

  /** Whether tenants' rows may be in it: all but the platform's own and reference data. */
  boolean holdsTenants(String table) {
    boolean history = unqualified(table).startsWith("databasechangelog");
    return !history && !isReference(table) && (tree == Tree.TENANT || !table.startsWith(CONTROL));
  }

  static boolean isReference(String table) {
    return unqualified(table).startsWith("ref_");
  }

  static boolean isControl(String table) {
    return table.startsWith(CONTROL);
  }

  static String unqualified(String table) {
    return table.substring(table.lastIndexOf('.') + 1);
  }

  /** Whether it was there before the changeset, which may then meet rows in it. */
  boolean existsBefore(String table, ChangeText change) {
    TableState state = tables.get(table);
    return state == null || !state.madeBy().equals(change.id());
  }

  boolean isForced(String table) {
    return get(table).map(TableState::isForced).orElse(false);
  }

  void apply(Fact fact, ChangeText change, int line) {
    switch (fact) {
      case Fact.CreatesTable made -> {
        TableState state = new TableState(change.file(), line, change.id());
        made.columns().forEach(column -> state.columns().add(column.name()));
        tables.put(made.table(), state);
      }
      case Fact.AddsColumn added ->
          get(added.table()).ifPresent(state -> state.columns().add(added.column().name()));
      case Fact.DropsColumn dropped ->
          get(dropped.table()).ifPresent(state -> state.columns().remove(dropped.column()));
      case Fact.DropsTable dropped -> tables.remove(dropped.table());
      case Fact.RenamesTable renamed -> {
        TableState state = tables.remove(renamed.table());
        if (state != null) {
          tables.put(renamed.to(), state);
        }
      }
      case Fact.RenamesColumn renamed ->
          get(renamed.table())
              .ifPresent(
                  state -> {
                    state.columns().remove(renamed.column());
                    state.columns().add(renamed.to());
                  });
      case Fact.AddsConstraint(String table, Constraint constraint) -> {
        String name = constraint.name();
        if (constraint.kind() == Kind.CHECK && name != null) {
          get(table)
              .ifPresent(
                  state -> state.check(name, constraint.condition(), !constraint.notValid()));
        }
      }
      case Fact.Validates validated ->
          get(validated.table()).ifPresent(state -> state.validate(validated.constraint()));
      case Fact.CreatesPolicy policy ->
          get(policy.table()).ifPresent(state -> state.policies().add(policy.name()));
      case Fact.DropsPolicy policy ->
          get(policy.table()).ifPresent(state -> state.policies().remove(policy.name()));
      case Fact.RowSecurity changed ->
          get(changed.table())
              .ifPresent(
                  state -> {
                    switch (changed.action()) {
                      case ENABLE -> state.enabled(true);
                      case DISABLE -> state.enabled(false);
                      case FORCE -> state.forced(true);
                      case NO_FORCE -> state.forced(false);
                    }
                  });
      default -> {}
    }
  }
}

package io.tenantry.migrations.rules;

/** Rows under row security, who may see them, and statements that are refused everywhere. */
final class RowRules {

  private static final String CANONICAL =
      "using ( tenant_id = ( select tenantry_guard . current_tenant ( ) ) )"
          + " with check ( tenant_id = ( select tenantry_guard . current_tenant ( ) ) )";

  private RowRules() {}

  /** For what a changeset does; its rollback may take everything away. */
  static void check(Case judged, Fact fact, int line) {
    switch (fact) {
      case Fact.CreatesPolicy(String name, String table, String text) -> {
        boolean canonical = name.equals(Tables.POLICY) && text.equals(CANONICAL);
        if (judged.tables().holdsTenants(table) && !canonical) {
          judged.found(
              Rule.ROW_SECURITY_WEAKENED, line, name + " on " + table + " is another policy.");
        }
      }
      case Fact.AltersPolicy(String name, String table) ->
          judged.found(Rule.ROW_SECURITY_WEAKENED, line, name + " on " + table + " is changed.");
      default -> everywhere(judged, fact, line);
    }
  }

  /** For rollbacks too. */
  static void everywhere(Case judged, Fact fact, int line) {
    switch (fact) {
      case Fact.ChangesRows(String table, String verb) -> rows(judged, table, verb, line);
      case Fact.CopiesFrom(String table) ->
          judged.found(Rule.COPY_FROM, line, "COPY " + table + " FROM.");
      case Fact.GrantsOnAll(String what) -> judged.found(Rule.GRANT_ON_ALL, line, what + ".");
      case Fact.ChangesDefaultPrivileges() ->
          judged.found(Rule.DEFAULT_PRIVILEGES, line, "ALTER DEFAULT PRIVILEGES.");
      case Fact.ChangesSession(String how) ->
          judged.found(Rule.SESSION_CHANGED, line, "The statement is " + how + ".");
      default -> {}
    }
  }

  private static void rows(Case judged, String table, String verb, int line) {
    if (!judged.hidesRows(table)) {
      return;
    }
    if (judged.tree() == Tree.PLATFORM) {
      judged.found(Rule.SHARED_ROWS, line, verb + " of " + table + " under FORCE.");
    } else if (!judged.change().enters()) {
      judged.found(
          Rule.BACKFILL_WITHOUT_TENANT, line, verb + " of " + table + " without a tenant.");
    }
  }
}

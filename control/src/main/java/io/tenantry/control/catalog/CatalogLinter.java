package io.tenantry.control.catalog;

import io.tenantry.tenancy.finding.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds in the catalog what isolation does not survive: roles, guard, functions, tables. Reads
 * catalogs that every login may read, but {@code pg_settings}, for which it takes a control or
 * monitor login; changes nothing. Findings come in a fixed order; an empty list means that all is
 * as it must be. Stateless.
 *
 * <p>A look is one read-only transaction with one view of the catalog. On a connection without
 * auto-commit it is the caller's transaction, whose {@code search_path} and {@code lock_timeout}
 * then are the linter's until it ends, and which should be one of REPEATABLE READ. A table that
 * somebody has locked for more than 3 s ends the look with 55P03: look again.
 */
public final class CatalogLinter {

  /** For a table that a migration is changing. */
  private static final String PATIENCE = "3s";

  private static final List<Rule> SHARED =
      Stream.of(
              ServerRules.quick(),
              RoleRules.quick(),
              MembershipRules.quick(),
              OwnershipRules.quick(),
              SettingRules.quick(),
              GuardRules.quick(),
              FunctionRules.quick(),
              LeakproofRules.quick(),
              SchemaGrantRules.quick(),
              OtherGrantRules.quick(),
              TableGrantRules.quick(),
              TableRules.in(Scope.SHARED),
              CodeRules.quick(),
              PoolerRules.quick())
          .flatMap(List::stream)
          .toList();

  private static final List<Rule> TENANTS =
      Stream.of(
              RoleRules.tenants(),
              MembershipRules.tenants(),
              OwnershipRules.tenants(),
              SchemaGrantRules.tenants(),
              OtherGrantRules.tenants(),
              TableGrantRules.tenants(),
              TableRules.in(Scope.TENANTS),
              CodeRules.tenants())
          .flatMap(List::stream)
          .toList();

  private CatalogLinter() {}

  /**
   * The part that a start waits for: roles, guard, functions, the shared schemas. Its cost does not
   * grow with the number of tenants to speak of.
   *
   * @throws SQLException when the catalog cannot be read, which says nothing about isolation
   */
  public static List<Finding> quick(Connection connection) throws SQLException {
    return look(connection, SHARED);
  }

  /**
   * All of it, every tenant's schema included, by a fixed number of statements. A login that may
   * read the directory also sees schemas of no tenant.
   *
   * @throws SQLException when the catalog cannot be read, which says nothing about isolation
   */
  public static List<Finding> full(Connection connection) throws SQLException {
    return look(
        connection,
        Stream.of(SHARED, TENANTS, OrphanRules.readableBy(connection))
            .flatMap(List::stream)
            .toList());
  }

  static List<Finding> orphans(Connection connection) throws SQLException {
    return look(connection, OrphanRules.rules());
  }

  private static List<Finding> look(Connection connection, List<Rule> rules) throws SQLException {
    return connection.getAutoCommit()
        ? OneView.of(connection, inside -> lookInside(inside, rules))
        : lookInside(connection, rules);
  }

  private static List<Finding> lookInside(Connection connection, List<Rule> rules)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // What the server prints of an expression depends on the path, and it locks the table for it.
      statement.execute(
          "set local search_path = pg_catalog; set local lock_timeout = '" + PATIENCE + "'");
    }
    List<Finding> findings = new ArrayList<>();
    for (Rule rule : rules) {
      findings.addAll(rule.look(connection));
    }
    return findings;
  }
}

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
 * auto-commit it is the caller's transaction, whose {@code search_path} then is {@code pg_catalog}
 * until it ends.
 */
public final class CatalogLinter {

  private static final List<Rule> SHARED =
      Stream.of(
              ServerRules.quick(),
              RoleRules.quick(),
              MembershipRules.quick(),
              OwnershipRules.quick(),
              SettingRules.quick(),
              GuardRules.quick(),
              FunctionRules.quick(),
              SchemaGrantRules.quick(),
              OtherGrantRules.quick(),
              TableGrantRules.quick(),
              TableRules.in(Scope.SHARED),
              CodeRules.quick())
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
   * All of it, every tenant's schema included, by a fixed number of statements.
   *
   * @throws SQLException when the catalog cannot be read, which says nothing about isolation
   */
  public static List<Finding> full(Connection connection) throws SQLException {
    return look(connection, Stream.of(SHARED, TENANTS).flatMap(List::stream).toList());
  }

  private static List<Finding> look(Connection connection, List<Rule> rules) throws SQLException {
    boolean own = connection.getAutoCommit();
    try (Statement statement = connection.createStatement()) {
      if (own) {
        connection.setAutoCommit(false);
        statement.execute("set transaction isolation level repeatable read, read only");
      }
      // What the server prints of an expression depends on it.
      statement.execute("set local search_path = pg_catalog");
      List<Finding> findings = new ArrayList<>();
      for (Rule rule : rules) {
        findings.addAll(rule.look(connection));
      }
      return findings;
    } finally {
      if (own) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }
}

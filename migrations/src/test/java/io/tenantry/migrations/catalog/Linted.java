package io.tenantry.migrations.catalog;

import io.tenantry.control.catalog.CatalogLinter;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.migrations.TwoTenants;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.finding.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A platform with two tenants, looked at by the linter as the control login. */
final class Linted {

  private static final TwoTenants TENANTS = new TwoTenants("linted");
  static final TestPlatform PLATFORM = TENANTS.platform();
  static final TenantId ACME = TENANTS.acme();
  static final TenantId GLOBEX = TENANTS.globex();

  private Linted() {}

  static String named(String text) {
    return TENANTS.named(text);
  }

  static void asSuperuser(String sql) throws SQLException {
    TENANTS.asSuperuser(sql);
  }

  /** On a new connection: settings of roles and databases are taken over at its start. */
  static List<Finding> full() throws SQLException {
    try (Connection connection = PLATFORM.as(Duty.CONTROL).getConnection()) {
      return unsafe(CatalogLinter.full(connection));
    }
  }

  static List<Finding> quick() throws SQLException {
    try (Connection connection = PLATFORM.as(Duty.CONTROL).getConnection()) {
      return unsafe(CatalogLinter.quick(connection));
    }
  }

  private static List<Finding> unsafe(List<Finding> findings) {
    return findings.stream().filter(Finding::unsafe).toList();
  }
}

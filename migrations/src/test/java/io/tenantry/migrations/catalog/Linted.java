package io.tenantry.migrations.catalog;

import io.tenantry.control.catalog.CatalogLinter;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.TestPlatform;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.finding.Finding;
import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A platform with two tenants, looked at by the linter as the control login. */
final class Linted {

  static final TestPlatform PLATFORM = TestPlatform.installed("linted");
  static final TenantId ACME = PLATFORM.provisioner().provisionNow("acme", "Acme").id();
  static final TenantId GLOBEX = PLATFORM.provisioner().provisionNow("globex", "Globex").id();

  private Linted() {}

  /** In {@code text}, what stands for the tenants' names is filled in. */
  static String named(String text) {
    return text.replace("<acme>", TenantNames.schema(ACME))
        .replace("<globex>", TenantNames.schema(GLOBEX));
  }

  static void asSuperuser(String sql) throws SQLException {
    try (Connection superuser = PLATFORM.superuser()) {
      TestPlatform.execute(superuser, named(sql));
    }
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

package io.tenantry.operations.database;

import io.tenantry.control.SqlFailures;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.operations.platform.Platform;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Drops a database and what belongs to it on its server, and sets it up again, empty. */
final class DatabaseReset {

  private static final String MAINTENANCE_DATABASE = "postgres";
  private static final String APPLICATION = "tenantry-reset";

  /** Each drop holds locks until its transaction ends. */
  private static final int ROLES_AT_ONCE = 200;

  // Roles belong to the whole server, and another database's tenants stay: only those that
  // something in this database depends on are its own.
  private static final String ROLES =
      """
      select distinct r.rolname from pg_shdepend d
      join pg_database b on b.oid = d.dbid and b.datname = current_database()
      join pg_roles r on r.oid = d.refobjid and d.refclassid = 'pg_authid'::regclass
      where r.rolname ~ '^(app|ro)_tenant_[0-9a-f]{32}'
      """;

  private final Platform platform;
  private final LoginCredentials superuser;

  DatabaseReset(Platform platform, LoginCredentials superuser) {
    this.platform = platform;
    this.superuser = superuser;
  }

  /** Does it, and answers how many tenants' roles are gone. */
  int run() {
    String database = platform.address().database();
    List<String> roles = new ArrayList<>();
    try (Connection maintenance = connect(MAINTENANCE_DATABASE)) {
      if (exists(maintenance, database)) {
        try (Connection old = connect(database)) {
          roles.addAll(names(old));
        }
        try (Statement statement = maintenance.createStatement()) {
          statement.execute("drop database " + quoted(statement, database) + " with (force)");
        }
      }
      drop(maintenance, roles);
    } catch (SQLException e) {
      throw SqlFailures.translate("dropping database '" + database + "'", e);
    }
    PlatformSetup.install(platform.address(), superuser, platform.credentials());
    return roles.size();
  }

  private static boolean exists(Connection maintenance, String database) throws SQLException {
    try (PreparedStatement statement =
        maintenance.prepareStatement("select from pg_database where datname = ?")) {
      statement.setString(1, database);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static List<String> names(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ROLES)) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  private static void drop(Connection maintenance, List<String> roles) throws SQLException {
    for (int from = 0; from < roles.size(); from += ROLES_AT_ONCE) {
      List<String> batch = roles.subList(from, Math.min(roles.size(), from + ROLES_AT_ONCE));
      try (Statement statement = maintenance.createStatement()) {
        List<String> quoted = new ArrayList<>();
        for (String role : batch) {
          quoted.add(quoted(statement, role));
        }
        statement.execute("drop role " + String.join(", ", quoted));
      }
    }
  }

  private static String quoted(Statement statement, String name) throws SQLException {
    return statement.enquoteIdentifier(name, true);
  }

  private Connection connect(String database) throws SQLException {
    DatabaseAddress address = platform.address();
    return DriverManager.getConnection(
        new DatabaseAddress(address.host(), address.port(), database, address.sslMode())
                .jdbcUrl(APPLICATION)
            + "&connectTimeout=5",
        superuser.user(),
        superuser.password());
  }
}

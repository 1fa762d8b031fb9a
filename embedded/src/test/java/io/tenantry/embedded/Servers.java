package io.tenantry.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Settings and statements the tests share. */
final class Servers {
  private Servers() {}

  /** Any free port, and the binaries unpacked once for all tests and runs. */
  static EmbeddedPostgresSettings settings(Path home) {
    EmbeddedPostgresSettings settings =
        EmbeddedPostgresSettings.in(home)
            .withPort(PortChoice.anyFree())
            .withBinariesCache(
                Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "tenantry-" + System.getProperty("user.name"),
                    "binaries"));
    String installed = System.getenv("TENANTRY_TEST_POSTGRES_BIN");
    return installed == null || installed.isBlank()
        ? settings
        : settings.withInstalledBinaries(Path.of(installed));
  }

  static Connection connect(EmbeddedPostgres server) throws SQLException {
    return connect(server, server.superuserPassword());
  }

  static Connection connect(EmbeddedPostgres server, String password) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl("postgres"), server.superuser(), password);
  }

  static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String query(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  static String rightsOf(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}

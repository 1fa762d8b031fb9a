package io.tenantry.migrations.bootstrap;

import io.tenantry.control.SqlFailures;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What needs a superuser, once per database: makes the database when it is missing, then roles with
 * their passwords, the guard with the capability key, and the revokes on pg_catalog.
 *
 * <p>Idempotent: a second run changes nothing, and after changed credentials it sets these. All of
 * it but the database itself is one transaction. Roles belong to the whole server: databases of one
 * server share the logins and their passwords. Blocks on the database; runs on one server take
 * turns.
 */
public final class Bootstrap {

  private static final String SCRIPT = "bootstrap.sql";
  private static final String MAINTENANCE_DATABASE = "postgres";
  private static final String APPLICATION = "tenantry-bootstrap";

  /** Two runs that make the same roles at the same time would collide. */
  private static final long LOCK = 0x7465_6e61_6e74_7279L;

  private final DatabaseAddress address;
  private final LoginCredentials superuser;
  private final CredentialSource credentials;

  /**
   * @param superuser need not be the server's first one
   * @param credentials the logins' passwords and the capability key that are to be set
   */
  public Bootstrap(
      DatabaseAddress address, LoginCredentials superuser, CredentialSource credentials) {
    this.address = address;
    this.superuser = superuser;
    this.credentials = credentials;
  }

  /**
   * Does all of it.
   *
   * @throws TenantryException with {@code database_unavailable} when the server is away, {@code
   *     setting_invalid} when the database is there with another encoding than UTF8
   */
  public void run() {
    try (Connection maintenance = connect(MAINTENANCE_DATABASE)) {
      // Held by the session, so it ends with it, however that comes.
      lock(maintenance);
      createDatabase(maintenance);
      try (Connection connection = connect(address.database())) {
        demandUtf8(connection);
        connection.setAutoCommit(false);
        install(connection);
        connection.commit();
      }
    } catch (SQLException e) {
      throw SqlFailures.translate("bootstrapping database '" + address.database() + "'", e);
    }
  }

  private void install(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // The pads of the capability key are bound values, and those may be logged.
      statement.execute("set local log_parameter_max_length = 0");
      statement.execute("set local log_parameter_max_length_on_error = 0");
      statement.execute(script());
    }
    RolePasswords.set(connection, credentials);
    CapabilityKeys.install(connection, credentials.capabilityKey());
  }

  private void createDatabase(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select from pg_database where datname = ?")) {
      statement.setString(1, address.database());
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          return;
        }
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create database "
              + statement.enquoteIdentifier(address.database(), true)
              + " template template0 encoding 'UTF8'");
    }
  }

  private void demandUtf8(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show server_encoding")) {
      row.next();
      String encoding = row.getString(1);
      if (!"UTF8".equals(encoding)) {
        throw new TenantryException(
            ErrorCode.SETTING_INVALID,
            "Database '" + address.database() + "' is encoded in " + encoding + ", not in UTF8.");
      }
    }
  }

  private static void lock(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("select pg_advisory_lock(?)")) {
      statement.setLong(1, LOCK);
      statement.execute();
    }
  }

  private Connection connect(String database) throws SQLException {
    DatabaseAddress at =
        new DatabaseAddress(address.host(), address.port(), database, address.sslMode());
    return DriverManager.getConnection(
        at.jdbcUrl(APPLICATION), superuser.user(), superuser.password());
  }

  private static String script() {
    try (InputStream in = Bootstrap.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IllegalStateException(SCRIPT + " is missing from this build.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("While reading " + SCRIPT, e);
    }
  }
}

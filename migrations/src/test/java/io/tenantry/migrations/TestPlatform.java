package io.tenantry.migrations;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.Capability;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A platform on the shared server, in a database of its own. Roles belong to the server, so all
 * platforms of this JVM have the same secrets.
 */
public final class TestPlatform {

  private static final Path SECRETS = newSecrets();
  private static final Map<String, TestPlatform> INSTALLED = new ConcurrentHashMap<>();

  private final TestPostgres postgres = TestPostgres.shared();
  private final CredentialSource credentials = new DirectoryCredentialSource(SECRETS);
  private final DatabaseAddress address;

  private TestPlatform(String database) {
    this.address = new DatabaseAddress(postgres.host(), postgres.port(), database, "prefer");
  }

  /** Bootstrapped, with the platform's changelog, the first time this JVM asks for it. */
  public static TestPlatform installed(String database) {
    return INSTALLED.computeIfAbsent(
        database,
        name -> {
          TestPlatform platform = new TestPlatform(name);
          PlatformSetup.install(platform.address, platform.superuserLogin(), platform.credentials);
          return platform;
        });
  }

  /** Nothing done yet. */
  public static TestPlatform empty(String database) {
    return new TestPlatform(database);
  }

  /** The folder of the secrets that all platforms of this JVM have. */
  public static Path secrets() {
    return SECRETS;
  }

  public TestPostgres postgres() {
    return postgres;
  }

  public DatabaseAddress address() {
    return address;
  }

  public CredentialSource credentials() {
    return credentials;
  }

  public LoginCredentials superuserLogin() {
    return new LoginCredentials(postgres.superuser(), postgres.superuserPassword());
  }

  public DutyDataSource as(Duty duty) {
    return new DutyDataSource(address, credentials, duty, "test");
  }

  public Provisioner provisioner() {
    return PlatformSetup.provisioner(address, credentials);
  }

  public CapabilitySigner signer() {
    return new CapabilitySigner(
        credentials::capabilityKey,
        InstantSource.system(),
        Duration.ofSeconds(4),
        address.database());
  }

  public Connection superuser() throws SQLException {
    return postgres.connectAsSuperuser(address.database());
  }

  public Connection login(String user) throws SQLException {
    LoginCredentials login = credentials.login(user);
    return DriverManager.getConnection(address.jdbcUrl("test"), login.user(), login.password());
  }

  /**
   * What the audit tells of a tenant, in order: actor, action, request, and its state before and
   * after, joined by bars.
   */
  public List<String> audit(TenantId tenant) throws SQLException {
    try (Connection superuser = superuser()) {
      return rows(
          superuser,
          "select actor, action, request_id, before ->> 'state', after ->> 'state'"
              + " from tenantry_control.audit_events where tenant_id = '"
              + tenant
              + "' order by id");
    }
  }

  /** Runs {@code enter} in the connection's open transaction. */
  public static void enter(Connection connection, Capability capability) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select tenantry_guard.enter(?, ?, ?, ?, 10000, 2000)")) {
      statement.setObject(1, capability.tenant().value());
      statement.setInt(2, capability.keyId());
      statement.setLong(3, capability.expires());
      statement.setBytes(4, capability.mac());
      statement.execute();
    }
  }

  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Each row's columns, joined by a bar. */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        List<String> one = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          one.add(String.valueOf(rows.getString(i)));
        }
        all.add(String.join("|", one));
      }
      return all;
    }
  }

  private static Path newSecrets() {
    try {
      Path folder = Files.createTempDirectory("tenantry-secrets");
      SecretDirectory.createMissing(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

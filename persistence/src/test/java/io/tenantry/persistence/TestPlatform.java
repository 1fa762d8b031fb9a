package io.tenantry.persistence;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * A platform in a database of its own, with the credentials that all databases of a server share.
 */
public final class TestPlatform {

  private static final TestPostgres SERVER = TestPostgres.shared();
  private static final CredentialSource CREDENTIALS = credentialsOfThisJvm();

  private final DatabaseAddress address;

  private TestPlatform(DatabaseAddress address) {
    this.address = address;
  }

  /** Makes the database, which must not exist, and the platform in it. */
  public static TestPlatform install(String database) {
    DatabaseAddress address =
        new DatabaseAddress(SERVER.host(), SERVER.port(), database, "disable");
    LoginCredentials superuser =
        new LoginCredentials(SERVER.superuser(), SERVER.superuserPassword());
    PlatformSetup.install(address, superuser, CREDENTIALS);
    return new TestPlatform(address);
  }

  public DatabaseAddress address() {
    return address;
  }

  public CredentialSource credentials() {
    return CREDENTIALS;
  }

  /** A signer whose capabilities this database accepts. */
  public CapabilitySigner signer() {
    return new CapabilitySigner(
        CREDENTIALS::capabilityKey,
        InstantSource.system(),
        Duration.ofSeconds(4),
        address.database());
  }

  /** Makes the tenant unless it is there. */
  public TenantId tenant(String slug) {
    return PlatformSetup.provisioner(address, CREDENTIALS).provisionNow(slug, slug).id();
  }

  /** Runs statements as superuser now, and others when what is answered is closed. */
  public AutoCloseable asSuperuser(List<String> now, List<String> later) {
    execute(now);
    return () -> execute(later);
  }

  /** The text that makes a function as it is. */
  public String functionText(String name) {
    try (Connection connection = SERVER.connectAsSuperuser(address.database());
        PreparedStatement statement =
            connection.prepareStatement("select pg_get_functiondef(to_regproc(?))")) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("While reading " + name, e);
    }
  }

  private void execute(List<String> statements) {
    try (Connection connection = SERVER.connectAsSuperuser(address.database());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("While changing the test's database", e);
    }
  }

  private static CredentialSource credentialsOfThisJvm() {
    try {
      Path folder = Files.createTempDirectory("tenantry-test-secrets");
      folder.toFile().deleteOnExit();
      SecretDirectory.createMissing(folder);
      return new DirectoryCredentialSource(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

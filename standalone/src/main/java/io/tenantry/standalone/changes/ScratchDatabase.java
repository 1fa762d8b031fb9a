package io.tenantry.standalone.changes;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.embedded.EmbeddedPostgres;
import io.tenantry.embedded.EmbeddedPostgresSettings;
import io.tenantry.embedded.PortChoice;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.names.TenantNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server of its own with a platform and one tenant, as this build's changesets make them. */
final class ScratchDatabase implements AutoCloseable {

  private static final String DATABASE = "tenantry_draft";

  private final Path home;
  private final EmbeddedPostgres server;

  private ScratchDatabase(Path home, EmbeddedPostgres server) {
    this.home = home;
    this.server = server;
  }

  /**
   * Starts it in a new temporary folder; blocks for seconds.
   *
   * @throws RuntimeException when the server does not start
   */
  static ScratchDatabase start() throws IOException {
    Path home = Files.createTempDirectory("tenantry-draft").resolve("postgres");
    return new ScratchDatabase(
        home,
        EmbeddedPostgres.open(EmbeddedPostgresSettings.in(home).withPort(PortChoice.anyFree())));
  }

  /** Runs all changesets, and says what this build maps beyond them. */
  SchemaDifference difference(MappedTables mapped) throws IOException {
    Path secrets = Files.createDirectories(home.resolveSibling("secrets"));
    SecretDirectory.createMissing(secrets);
    LoginCredentials superuser =
        new LoginCredentials(server.superuser(), server.superuserPassword());
    DatabaseAddress address =
        new DatabaseAddress(server.host(), server.port(), DATABASE, "disable");
    return difference(address, superuser, new DirectoryCredentialSource(secrets), mapped);
  }

  /** As above, on a server that is there; the database need not be. */
  static SchemaDifference difference(
      DatabaseAddress address,
      LoginCredentials superuser,
      CredentialSource credentials,
      MappedTables mapped) {
    PlatformSetup.install(address, superuser, credentials);
    TenantId tenant =
        PlatformSetup.provisioner(address, credentials).provisionNow("draft", "Draft").id();
    return SchemaDifference.between(
        mapped,
        address.jdbcUrl("tenantry-draft") + "&currentSchema=" + TenantNames.schema(tenant),
        superuser.user(),
        superuser.password());
  }

  @Override
  public void close() {
    server.close();
    EmbeddedPostgres.discard(home);
  }
}

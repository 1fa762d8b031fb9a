package io.tenantry.bench;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/** A platform in a database of a bench's own, with secrets of its own. Thread-safe. */
public final class BenchPlatform {

  private final TestPostgres postgres = TestPostgres.shared();
  private final DirectoryCredentialSource credentials;
  private final DatabaseAddress address;

  /**
   * Sets it up, without tenants.
   *
   * @param database its name; nothing else uses it
   */
  public BenchPlatform(String database) throws IOException {
    Path secrets = Files.createTempDirectory("tenantry-bench").resolve("secrets");
    SecretDirectory.createMissing(secrets);
    this.credentials = new DirectoryCredentialSource(secrets);
    this.address = new DatabaseAddress(postgres.host(), postgres.port(), database, "prefer");
    PlatformSetup.install(
        address,
        new LoginCredentials(postgres.superuser(), postgres.superuserPassword()),
        credentials);
  }

  public TestPostgres postgres() {
    return postgres;
  }

  public String database() {
    return address.database();
  }

  /** Connections of that duty's login, not pooled. */
  public DutyDataSource as(Duty duty) {
    return new DutyDataSource(address, credentials, duty, "bench");
  }

  public Connection superuser() throws SQLException {
    return postgres.connectAsSuperuser(address.database());
  }

  /** Signs what lets into tenants, as the executables do. */
  public CapabilitySigner signer() {
    return new CapabilitySigner(
        credentials::capabilityKey,
        InstantSource.system(),
        Duration.ofSeconds(4),
        address.database());
  }
}

package io.tenantry.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
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

/** A platform in a database of a bench's own, with secrets of its own. Thread-safe. */
public final class BenchPlatform {

  private static final int CONNECTIONS = 8;

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

  /** A pool of them, as the executables have. The caller closes it. */
  public HikariDataSource pool(Duty duty) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(as(duty));
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  public Connection superuser() throws SQLException {
    return postgres.connectAsSuperuser(address.database());
  }

  /** Signs what lets into tenants, as the executables do. */
  public CapabilitySigner signer() {
    return PlatformSetup.signer(address, credentials);
  }
}

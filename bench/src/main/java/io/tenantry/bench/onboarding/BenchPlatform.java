package io.tenantry.bench.onboarding;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.provisioning.PreparedPool;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.capability.CapabilitySigner;
import io.tenantry.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/** A platform on a server of the bench's own, with the connections that the executables have. */
final class BenchPlatform implements AutoCloseable {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int CONNECTIONS = 8;

  private final TestPostgres postgres = TestPostgres.shared();
  private final DirectoryCredentialSource credentials;
  private final DatabaseAddress address;
  private final HikariDataSource control;
  private final HikariDataSource serving;

  BenchPlatform() throws IOException {
    Path secrets = Files.createTempDirectory("tenantry-bench").resolve("secrets");
    SecretDirectory.createMissing(secrets);
    this.credentials = new DirectoryCredentialSource(secrets);
    this.address =
        PlatformSetup.install(
            postgres.host(),
            postgres.port(),
            postgres.superuser(),
            postgres.superuserPassword(),
            "onboarding_bench",
            credentials);
    this.control = pool(Duty.CONTROL);
    this.serving = pool(Duty.APP);
  }

  private HikariDataSource pool(Duty duty) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(as(duty));
    config.setMaximumPoolSize(CONNECTIONS);
    return new HikariDataSource(config);
  }

  DutyDataSource as(Duty duty) {
    return new DutyDataSource(address, credentials, duty, "bench");
  }

  HikariDataSource control() {
    return control;
  }

  HikariDataSource serving() {
    return serving;
  }

  String server() {
    return postgres.toString();
  }

  Connection superuser() throws SQLException {
    return postgres.connectAsSuperuser(address.database());
  }

  CapabilitySigner signer() {
    return new CapabilitySigner(
        credentials::capabilityKey,
        InstantSource.system(),
        Duration.ofSeconds(4),
        address.database());
  }

  Provisioner provisioner() {
    return new Provisioner(control, as(Duty.MIGRATE), as(Duty.APP), signer(), LEASE);
  }

  PreparedPool prepared(int size) {
    return new PreparedPool(control, as(Duty.MIGRATE), as(Duty.APP), signer(), size, LEASE);
  }

  @Override
  public void close() {
    serving.close();
    control.close();
  }
}

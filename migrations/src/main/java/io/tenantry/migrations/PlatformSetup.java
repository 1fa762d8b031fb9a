package io.tenantry.migrations;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.migrations.bootstrap.Bootstrap;
import io.tenantry.migrations.changelog.PlatformMigration;
import io.tenantry.migrations.provisioning.PreparedPool;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Makes a database ready for tenants: bootstrap, then the platform's changelog. Idempotent; blocks
 * on the database; failures are those of {@link Bootstrap} and {@link PlatformMigration}.
 */
public final class PlatformSetup {

  private static final Duration LEASE = Duration.ofSeconds(30);

  private PlatformSetup() {}

  /**
   * Bootstraps the database, which need not exist, and runs the platform's changelog.
   *
   * @param superuser of the server
   * @param credentials the logins and the key to set up; databases of one server share the logins
   */
  public static void install(
      DatabaseAddress address, LoginCredentials superuser, CredentialSource credentials) {
    new Bootstrap(address, superuser, credentials).run();
    new PlatformMigration(
            new DutyDataSource(address, credentials, Duty.MIGRATE, "tenantry-migrate"))
        .update();
  }

  /** As above, encrypted where the server offers it. */
  public static DatabaseAddress install(
      String host,
      int port,
      String superuser,
      String password,
      String database,
      CredentialSource credentials) {
    DatabaseAddress address = new DatabaseAddress(host, port, database, "prefer");
    install(address, new LoginCredentials(superuser, password), credentials);
    return address;
  }

  /**
   * Makes the canaries, by which the live proof sees whether tenants are kept apart; idempotent.
   * Installing does not: it makes no tenant.
   */
  public static void canaries(DatabaseAddress address, CredentialSource credentials) {
    provisioner(address, credentials).provisionCanaries();
  }

  /**
   * A provisioner on connections that are opened per use; for tools, tests and first starts. The
   * executable has pools.
   */
  public static Provisioner provisioner(DatabaseAddress address, CredentialSource credentials) {
    return new Provisioner(
        new DutyDataSource(address, credentials, Duty.CONTROL, "tenantry-provisioner"),
        new DutyDataSource(address, credentials, Duty.MIGRATE, "tenantry-provisioner"),
        new DutyDataSource(address, credentials, Duty.APP, "tenantry-provisioner"),
        signer(address, credentials),
        LEASE);
  }

  /**
   * A pool of prepared tenants on connections that are opened per use; for tools, tests and first
   * starts.
   *
   * @param size how many there should be
   */
  public static PreparedPool prepared(
      DatabaseAddress address, CredentialSource credentials, int size) {
    return new PreparedPool(
        new DutyDataSource(address, credentials, Duty.CONTROL, "tenantry-provisioner"),
        new DutyDataSource(address, credentials, Duty.MIGRATE, "tenantry-provisioner"),
        new DutyDataSource(address, credentials, Duty.APP, "tenantry-provisioner"),
        signer(address, credentials),
        size,
        LEASE);
  }

  private static CapabilitySigner signer(DatabaseAddress address, CredentialSource credentials) {
    return new CapabilitySigner(
        credentials::capabilityKey,
        InstantSource.system(),
        Duration.ofSeconds(4),
        address.database());
  }
}

package io.tenantry.migrations;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.migrations.bootstrap.Bootstrap;
import io.tenantry.migrations.changelog.PlatformMigration;
import io.tenantry.migrations.offboarding.Offboarding;
import io.tenantry.migrations.provisioning.PreparedPool;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.migrations.provisioning.StepPool;
import io.tenantry.migrations.purge.Purge;
import io.tenantry.migrations.purge.PurgePreview;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Makes a database ready for tenants: bootstrap, then the platform's changelog. Idempotent; blocks
 * on the database; failures are those of {@link Bootstrap} and {@link PlatformMigration}.
 */
public final class PlatformSetup {

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration FELT_WITHIN = Duration.ofSeconds(5);
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(1);

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
    return provisioner(address, credentials, FELT_WITHIN);
  }

  /**
   * As above.
   *
   * @param feltWithin how long until every instance has felt a deletion; 0 where there is none
   */
  public static Provisioner provisioner(
      DatabaseAddress address, CredentialSource credentials, Duration feltWithin) {
    Function<Duty, DataSource> as =
        duty -> new DutyDataSource(address, credentials, duty, "tenantry-provisioner");
    return provisioner(
        as.apply(Duty.CONTROL),
        as,
        signer(address, credentials),
        credentials,
        LEASE,
        feltWithin,
        LONGEST_DRAIN);
  }

  /**
   * A provisioner that carries out operations of every kind.
   *
   * @param control a control login, may be a pool
   * @param as connections of other logins, may be pools such as {@link StepPool}
   * @param lease how long an operation stays with a worker that shows no life
   * @param feltWithin how long until every instance has felt a deletion
   * @param longestDrain how long a deleted tenant's transactions are waited for after that
   */
  public static Provisioner provisioner(
      DataSource control,
      Function<Duty, DataSource> as,
      CapabilitySigner signer,
      CredentialSource credentials,
      Duration lease,
      Duration feltWithin,
      Duration longestDrain) {
    DataSource migrator = as.apply(Duty.MIGRATE);
    DataSource backup = as.apply(Duty.BACKUP);
    DataSource monitor = as.apply(Duty.MONITOR);
    return new Provisioner(
        control,
        migrator,
        as.apply(Duty.APP),
        signer,
        lease,
        new Offboarding(control, monitor, feltWithin, longestDrain),
        new PurgePreview(control, backup),
        new Purge(control, migrator, backup, monitor, signer, credentials));
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

  /** Signs capabilities for that database. */
  public static CapabilitySigner signer(DatabaseAddress address, CredentialSource credentials) {
    return new CapabilitySigner(
        credentials::capabilityKey,
        InstantSource.system(),
        Duration.ofSeconds(4),
        address.database());
  }
}

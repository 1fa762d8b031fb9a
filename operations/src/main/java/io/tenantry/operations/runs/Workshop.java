package io.tenantry.operations.runs;

import io.tenantry.control.By;
import io.tenantry.control.MigrationRuns;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.credentials.directory.SecretDirectory;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.changelog.PlatformMigration;
import io.tenantry.migrations.drift.DriftCheck;
import io.tenantry.migrations.drift.GoldenSchemas;
import io.tenantry.migrations.drift.WaveProof;
import io.tenantry.migrations.fanout.FanOut;
import io.tenantry.migrations.fanout.FanOutSettings;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.operations.platform.Platform;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.tenancy.capability.CapabilitySigner;
import javax.sql.DataSource;

/** What carries runs out on one platform, with the logins of its secrets. */
final class Workshop {

  private static final String APPLICATION = "tenantry-migrate";
  private static final String NAME = "tenantry migrate";

  private final Platform platform;

  Workshop(Platform platform) {
    this.platform = platform;
  }

  MigrationRuns runs() {
    return new MigrationRuns(control());
  }

  FanOut fanOut(FanOutSettings settings) {
    // It says what has drifted; whether that is quarantined is the provisioner's setting.
    return new FanOut(
        control(),
        migrator(),
        signer(),
        PlanCompiler::tenantTree,
        settings,
        new WaveProof(drift(false)));
  }

  DriftCheck drift(boolean quarantine) {
    return new DriftCheck(
        control(),
        new GoldenSchemas(migrator(), signer()),
        () -> PlanCompiler.tenantTree().plan(),
        quarantine);
  }

  private CapabilitySigner signer() {
    return PlatformSetup.signer(platform.address(), platform.credentials());
  }

  DataSource control() {
    return new DutyDataSource(
        platform.address(), platform.credentials(), Duty.CONTROL, APPLICATION);
  }

  private DataSource migrator() {
    return new DutyDataSource(
        platform.address(), platform.credentials(), Duty.MIGRATE, APPLICATION);
  }

  /** Brings what all tenants share to this build's version; idempotent. */
  void sharedTables() {
    new PlatformMigration(migrator()).update();
  }

  /**
   * Makes what is missing: secrets, database, roles, guard, shared tables; idempotent.
   *
   * @throws CommandFailure when no superuser is named
   */
  void bootstrap() {
    LoginCredentials superuser =
        platform
            .login()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.FAILED,
                        "No superuser of " + platform.where() + " is named.",
                        "Name one with its password in DATABASE_URL, or in POSTGRES_USER and"
                            + " POSTGRES_PASSWORD."));
    SecretDirectory.createMissing(platform.secrets());
    PlatformSetup.install(platform.address(), superuser, platform.credentials());
  }

  static By by() {
    return new By(NAME, null);
  }
}

package io.tenantry.migrations.application;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tenantry.control.catalog.CatalogScan;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.logging.LoggingSettings;
import io.tenantry.credentials.settings.CapabilitySettings;
import io.tenantry.credentials.settings.CredentialSettings;
import io.tenantry.credentials.settings.DatabaseSettings;
import io.tenantry.migrations.DutyDataSource;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.changelog.PlatformMigration;
import io.tenantry.migrations.drift.DriftCheck;
import io.tenantry.migrations.drift.DriftLoop;
import io.tenantry.migrations.drift.GoldenSchemas;
import io.tenantry.migrations.drift.WaveProof;
import io.tenantry.migrations.fanout.FanOut;
import io.tenantry.migrations.fanout.FanOutLoop;
import io.tenantry.migrations.fanout.FanOutSettings;
import io.tenantry.migrations.plan.PlanCompiler;
import io.tenantry.migrations.provisioning.PreparedLoop;
import io.tenantry.migrations.provisioning.PreparedPool;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.migrations.provisioning.ProvisionerLoop;
import io.tenantry.migrations.purge.PurgeSchedule;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.time.InstantSource;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/**
 * The provisioner as a Spring context of its own. Nothing is auto-configured: this context holds
 * the DDL login, and what is in it is listed here. A single process starts it as a sibling of the
 * serving context, never as its parent or child.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  DatabaseSettings.class,
  CredentialSettings.class,
  CapabilitySettings.class,
  LoggingSettings.class,
  ProvisionerSettings.class,
  EndSettings.class,
  FanOutSettings.class,
  DriftSettings.class
})
public class ProvisionerConfiguration {

  private static final String APPLICATION = "tenantry-provisioner";

  /** Carrying out and its heartbeat. */
  private static final int CONNECTIONS_OF_A_WORKER = 2;

  /** What makes tenants ahead, and what carries out a run with two threads; and one to spare. */
  private static final int OTHER_CONNECTIONS = CONNECTIONS_OF_A_WORKER + 5;

  private static final long CONNECTION_TIMEOUT_MS = 5_000;

  @Bean
  CredentialSource credentialSource(CredentialSettings settings) {
    return new DirectoryCredentialSource(settings.directory());
  }

  @Bean
  HikariDataSource controlPool(
      DatabaseSettings database, CredentialSource credentials, ProvisionerSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("control");
    config.setDataSource(
        new DutyDataSource(database.address(), credentials, Duty.CONTROL, APPLICATION));
    config.setMaximumPoolSize(settings.workers() * CONNECTIONS_OF_A_WORKER + OTHER_CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
    // A database that is away keeps nobody from starting; work begins when it is there.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  @Bean
  CapabilitySigner capabilitySigner(
      DatabaseSettings database, CredentialSource credentials, CapabilitySettings capability) {
    return new CapabilitySigner(
        credentials::capabilityKey,
        InstantSource.system(),
        capability.lifetime(),
        database.address().database());
  }

  @Bean
  Provisioner provisioner(
      DatabaseSettings database,
      CredentialSource credentials,
      HikariDataSource controlPool,
      CapabilitySigner signer,
      ProvisionerSettings settings,
      EndSettings end) {
    DatabaseAddress address = database.address();
    // Not pooled: DDL sessions keep their role and path, and each ends with its run.
    Function<Duty, DataSource> as =
        duty -> new DutyDataSource(address, credentials, duty, APPLICATION);
    if (settings.migrateOnStart()) {
      new PlatformMigration(as.apply(Duty.MIGRATE)).update();
    }
    return PlatformSetup.provisioner(
        controlPool,
        as,
        signer,
        credentials,
        settings.lease(),
        end.feltWithin(),
        end.longestDrain());
  }

  @Bean(initMethod = "start")
  @ConditionalOnProperty("tenantry.end.purge")
  PurgeSchedule purgeSchedule(HikariDataSource controlPool, EndSettings end) {
    return new PurgeSchedule(controlPool, end.leastRetention(), end.purgeInterval());
  }

  @Bean(initMethod = "start")
  ProvisionerLoop provisionerLoop(Provisioner provisioner, ProvisionerSettings settings) {
    return new ProvisionerLoop(provisioner, settings.pollInterval(), true, settings.workers());
  }

  @Bean(initMethod = "start")
  @DependsOn("provisioner") // It runs the platform's changelog.
  PreparedLoop preparedLoop(
      DatabaseSettings database,
      CredentialSource credentials,
      HikariDataSource controlPool,
      CapabilitySigner signer,
      ProvisionerSettings settings) {
    DatabaseAddress address = database.address();
    return new PreparedLoop(
        new PreparedPool(
            controlPool,
            new DutyDataSource(address, credentials, Duty.MIGRATE, APPLICATION),
            new DutyDataSource(address, credentials, Duty.APP, APPLICATION),
            signer,
            settings.prepared(),
            settings.lease()),
        settings.pollInterval());
  }

  @Bean(initMethod = "start")
  FanOutLoop fanOutLoop(
      // Made first: it migrates the platform, where it is told to.
      Provisioner provisioner,
      DatabaseSettings database,
      CredentialSource credentials,
      HikariDataSource controlPool,
      DriftCheck driftCheck,
      FanOutSettings settings) {
    FanOut fanOut =
        new FanOut(
            controlPool,
            new DutyDataSource(database.address(), credentials, Duty.MIGRATE, APPLICATION),
            PlanCompiler::tenantTree,
            settings,
            new WaveProof(driftCheck));
    return new FanOutLoop(fanOut, settings);
  }

  @Bean(initMethod = "start")
  StartReport startReport(HikariDataSource controlPool) {
    return new StartReport(new CatalogScan(controlPool));
  }

  /** On connections of its own: backends that have looked at many schemas are large. */
  @Bean
  DriftCheck driftCheck(
      DatabaseSettings database, CredentialSource credentials, DriftSettings settings) {
    DatabaseAddress address = database.address();
    return new DriftCheck(
        new DutyDataSource(address, credentials, Duty.CONTROL, APPLICATION),
        new GoldenSchemas(new DutyDataSource(address, credentials, Duty.MIGRATE, APPLICATION)),
        () -> PlanCompiler.tenantTree().plan(),
        settings.quarantineDrifted());
  }

  @Bean(initMethod = "start")
  @DependsOn("provisioner") // It runs the platform's changelog.
  DriftLoop driftLoop(DriftCheck driftCheck, DriftSettings settings) {
    return new DriftLoop(driftCheck, settings.driftInterval());
  }
}

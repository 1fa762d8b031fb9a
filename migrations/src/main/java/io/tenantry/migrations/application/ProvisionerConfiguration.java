package io.tenantry.migrations.application;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tenantry.control.catalog.CatalogScan;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.logging.LoggingSettings;
import io.tenantry.credentials.settings.CapabilitySettings;
import io.tenantry.credentials.settings.CredentialSettings;
import io.tenantry.credentials.settings.DatabaseSettings;
import io.tenantry.migrations.PlatformSetup;
import io.tenantry.migrations.changelog.PlatformMigration;
import io.tenantry.migrations.provisioning.PreparedLoop;
import io.tenantry.migrations.provisioning.PreparedPool;
import io.tenantry.migrations.provisioning.Provisioner;
import io.tenantry.migrations.provisioning.ProvisionerLoop;
import io.tenantry.migrations.provisioning.StepPool;
import io.tenantry.migrations.purge.PurgeSchedule;
import io.tenantry.tenancy.capability.CapabilitySigner;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;

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
  EndSettings.class
})
@Import(RunsConfiguration.class)
public class ProvisionerConfiguration {

  /** Carrying out and its heartbeat. */
  private static final int CONNECTIONS_OF_A_WORKER = 2;

  /** What makes tenants ahead, and what carries out a run with two threads; and one to spare. */
  private static final int OTHER_CONNECTIONS = CONNECTIONS_OF_A_WORKER + 5;

  /** What makes tenants ahead; and one to spare. */
  private static final int OTHER_STEPS = 2;

  private static final long CONNECTION_TIMEOUT_MS = 5_000;

  @Bean
  CredentialSource credentialSource(CredentialSettings settings) {
    return new DirectoryCredentialSource(settings.directory());
  }

  @Bean
  Logins logins(DatabaseSettings database, CredentialSource credentials) {
    return new Logins(database.address(), credentials);
  }

  @Bean
  HikariDataSource controlPool(Logins logins, ProvisionerSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("control");
    config.setDataSource(logins.as(Duty.CONTROL));
    config.setMaximumPoolSize(settings.workers() * CONNECTIONS_OF_A_WORKER + OTHER_CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
    // A database that is away keeps nobody from starting; work begins when it is there.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  @Bean
  HikariDataSource ddlPool(Logins logins, ProvisionerSettings settings) {
    return StepPool.of("ddl", logins.as(Duty.MIGRATE), settings.workers() + OTHER_STEPS);
  }

  @Bean
  HikariDataSource proofPool(Logins logins, ProvisionerSettings settings) {
    return StepPool.of("proof", logins.as(Duty.APP), settings.workers() + OTHER_STEPS);
  }

  @Bean
  CapabilitySigner capabilitySigner(
      Logins logins, CredentialSource credentials, CapabilitySettings capability) {
    return new CapabilitySigner(
        credentials::capabilityKey,
        InstantSource.system(),
        capability.lifetime(),
        logins.address().database());
  }

  @Bean
  Provisioner provisioner(
      Logins logins,
      CredentialSource credentials,
      HikariDataSource controlPool,
      HikariDataSource ddlPool,
      HikariDataSource proofPool,
      CapabilitySigner signer,
      ProvisionerSettings settings,
      EndSettings end) {
    if (settings.migrateOnStart()) {
      new PlatformMigration(logins.as(Duty.MIGRATE)).update();
    }
    return PlatformSetup.provisioner(
        controlPool,
        duty ->
            switch (duty) {
              case MIGRATE -> ddlPool;
              case APP -> proofPool;
              default -> logins.as(duty);
            },
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
      Logins logins,
      HikariDataSource controlPool,
      HikariDataSource ddlPool,
      HikariDataSource proofPool,
      CapabilitySigner signer,
      ProvisionerSettings settings) {
    return new PreparedLoop(
        new PreparedPool(
            controlPool, ddlPool, proofPool, signer, settings.prepared(), settings.lease()),
        settings.pollInterval());
  }

  @Bean(initMethod = "start")
  StartReport startReport(HikariDataSource controlPool) {
    return new StartReport(new CatalogScan(controlPool));
  }
}

package io.tenantry.api.platform;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tenantry.control.ApiClientStore;
import io.tenantry.control.IdempotencyStore;
import io.tenantry.control.MigrationRuns;
import io.tenantry.control.OperationStore;
import io.tenantry.control.PlatformAudit;
import io.tenantry.control.RevokedClients;
import io.tenantry.control.TenantCertificates;
import io.tenantry.control.TenantClients;
import io.tenantry.control.TenantDirectory;
import io.tenantry.control.TenantLifecycle;
import io.tenantry.control.TenantPurges;
import io.tenantry.control.TenantStore;
import io.tenantry.control.catalog.CatalogScan;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.logging.LoggingSettings;
import io.tenantry.credentials.settings.CredentialSettings;
import io.tenantry.credentials.settings.DatabaseSettings;
import io.tenantry.persistence.idempotency.IdempotencySettings;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The secrets, and the stores of the platform's own tables. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  DatabaseSettings.class,
  CredentialSettings.class,
  LoggingSettings.class,
  ControlSettings.class,
  TenantSettings.class
})
class PlatformConfiguration {

  // What the issuer's settings allow, and room for clocks that differ.
  private static final Duration LONGEST_TOKEN = Duration.ofHours(25);

  @Bean
  CredentialSource credentialSource(CredentialSettings settings) {
    return new DirectoryCredentialSource(settings.directory());
  }

  @Bean
  DatabaseAddress databaseAddress(DatabaseSettings settings) {
    return settings.address();
  }

  @Bean
  ControlPool controlPool(
      DatabaseAddress address,
      CredentialSource credentials,
      ControlSettings settings,
      ObjectProvider<MeterRegistry> registry) {
    return new ControlPool(
        address, credentials, settings, registry.getIfAvailable(CompositeMeterRegistry::new));
  }

  @Bean(initMethod = "start")
  TenantDirectory tenantDirectory(ControlPool pool, ControlSettings settings) {
    return new TenantDirectory(pool.source(), settings.directoryInterval(), InstantSource.system());
  }

  @Bean
  TenantStore tenantStore(ControlPool pool, TenantSettings settings) {
    return new TenantStore(pool.source(), settings.slugQuarantine());
  }

  @Bean
  TenantLifecycle tenantLifecycle(ControlPool pool) {
    return new TenantLifecycle(pool.source());
  }

  @Bean
  TenantPurges tenantPurges(ControlPool pool) {
    return new TenantPurges(pool.source());
  }

  @Bean
  TenantCertificates tenantCertificates(ControlPool pool) {
    return new TenantCertificates(pool.source());
  }

  @Bean
  OperationStore operationStore(ControlPool pool) {
    return new OperationStore(pool.source());
  }

  @Bean
  MigrationRuns migrationRuns(ControlPool pool) {
    return new MigrationRuns(pool.source());
  }

  @Bean
  TenantClients tenantClients(ControlPool pool) {
    return new TenantClients(pool.source());
  }

  @Bean(initMethod = "start")
  RevokedClients revokedClients(ControlPool pool, ControlSettings settings) {
    return new RevokedClients(pool.source(), settings.directoryInterval(), LONGEST_TOKEN);
  }

  @Bean
  IdempotencyStore idempotencyStore(ControlPool pool, IdempotencySettings settings) {
    return new IdempotencyStore(pool.source(), settings.retention());
  }

  @Bean
  ApiClientStore apiClientStore(ControlPool pool) {
    return new ApiClientStore(pool.source());
  }

  @Bean
  CatalogScan catalogScan(ControlPool pool) {
    return new CatalogScan(pool.source());
  }

  @Bean
  PlatformAudit platformAudit(ControlPool pool) {
    return new PlatformAudit(pool.source());
  }
}

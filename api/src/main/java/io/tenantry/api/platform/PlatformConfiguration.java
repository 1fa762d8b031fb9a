package io.tenantry.api.platform;

import io.tenantry.control.ApiClientStore;
import io.tenantry.control.IdempotencyStore;
import io.tenantry.control.OperationStore;
import io.tenantry.control.TenantDirectory;
import io.tenantry.control.TenantStore;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.settings.CredentialSettings;
import io.tenantry.credentials.settings.DatabaseSettings;
import io.tenantry.persistence.idempotency.IdempotencySettings;
import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The secrets, and the stores of the platform's own tables. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  DatabaseSettings.class,
  CredentialSettings.class,
  ControlSettings.class
})
class PlatformConfiguration {

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
      DatabaseAddress address, CredentialSource credentials, ControlSettings settings) {
    return new ControlPool(address, credentials, settings);
  }

  @Bean(initMethod = "start")
  TenantDirectory tenantDirectory(ControlPool pool, ControlSettings settings) {
    return new TenantDirectory(pool.source(), settings.directoryInterval(), InstantSource.system());
  }

  @Bean
  TenantStore tenantStore(ControlPool pool) {
    return new TenantStore(pool.source());
  }

  @Bean
  OperationStore operationStore(ControlPool pool) {
    return new OperationStore(pool.source());
  }

  @Bean
  IdempotencyStore idempotencyStore(ControlPool pool, IdempotencySettings settings) {
    return new IdempotencyStore(pool.source(), settings.retention());
  }

  @Bean
  ApiClientStore apiClientStore(ControlPool pool) {
    return new ApiClientStore(pool.source());
  }
}

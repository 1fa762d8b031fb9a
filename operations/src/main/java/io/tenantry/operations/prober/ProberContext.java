package io.tenantry.operations.prober;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.directory.DirectoryCredentialSource;
import io.tenantry.credentials.settings.CredentialSettings;
import io.tenantry.credentials.settings.DatabaseSettings;
import io.tenantry.persistence.PersistenceConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What serves requests, pool and mapping, without anything that takes requests. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({DatabaseSettings.class, CredentialSettings.class})
@Import(PersistenceConfiguration.class)
class ProberContext {

  @Bean
  DatabaseAddress databaseAddress(DatabaseSettings settings) {
    return settings.address();
  }

  @Bean
  CredentialSource credentialSource(CredentialSettings settings) {
    return new DirectoryCredentialSource(settings.directory());
  }
}

package io.tenantry.persistence;

import java.time.Clock;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/**
 * Everything that serves requests from the database. Import it, and provide beans of type {@code
 * CredentialSource} and {@code DatabaseAddress}.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
@EntityScan
@EnableJpaRepositories(repositoryBaseClass = QueriedRepository.class)
@PropertySource("classpath:io/tenantry/persistence/persistence.properties")
public class PersistenceConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}

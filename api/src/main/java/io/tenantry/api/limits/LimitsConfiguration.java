package io.tenantry.api.limits;

import io.tenantry.control.TenantDirectory;
import io.tenantry.persistence.connection.ConnectionQuota;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the directory say what each tenant may take. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitsSettings.class)
class LimitsConfiguration {

  @Bean
  RequestLimits requestLimits(LimitsSettings settings) {
    return new RequestLimits(settings);
  }

  @Bean
  ConnectionQuota connectionQuota(TenantDirectory directory, LimitsSettings settings) {
    return new DirectoryQuota(directory, settings.maxConnections());
  }
}

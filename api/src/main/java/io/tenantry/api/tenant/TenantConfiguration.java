package io.tenantry.api.tenant;

import io.tenantry.api.limits.RequestLimits;
import io.tenantry.control.TenantDirectory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the gate, and keeps it out of every chain but the one that security puts it into. */
@Configuration(proxyBeanMethods = false)
class TenantConfiguration {

  @Bean
  TenantGate tenantGate(TenantDirectory directory, RequestLimits limits) {
    return new TenantGate(directory, limits);
  }

  /** Boot would run the filter for every path, before anybody is authenticated. */
  @Bean
  FilterRegistrationBean<TenantGate> tenantGateOnlyWithinSecurity(TenantGate gate) {
    FilterRegistrationBean<TenantGate> registration = new FilterRegistrationBean<>(gate);
    registration.setEnabled(false);
    return registration;
  }
}

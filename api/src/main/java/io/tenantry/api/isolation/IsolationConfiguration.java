package io.tenantry.api.isolation;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the filter in front of what tenants reach, before anybody looks at a token. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProberSettings.class)
class IsolationConfiguration {

  /** Behind the filters of api.http: what is refused here is logged and answered by them. */
  private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 8;

  @Bean
  FilterRegistrationBean<IsolationFilter> isolationFilter(IsolationState state) {
    FilterRegistrationBean<IsolationFilter> registration =
        new FilterRegistrationBean<>(new IsolationFilter(state));
    registration.setOrder(ORDER);
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    return registration;
  }
}

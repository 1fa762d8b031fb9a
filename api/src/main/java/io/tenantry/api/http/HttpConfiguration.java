package io.tenantry.api.http;

import io.tenantry.api.problems.ProblemFilter;
import io.tenantry.api.problems.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The filters before security, in the order in which they run. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HttpSettings.class)
class HttpConfiguration implements WebMvcConfigurer {

  private static final int FIRST = Ordered.HIGHEST_PRECEDENCE;

  // At FIRST + 1 is the filter that observes: what is logged further in carries its trace.
  @Bean
  FilterRegistrationBean<RequestIdFilter> requestIdFilter() {
    return at(FIRST + 2, new RequestIdFilter());
  }

  @Bean
  FilterRegistrationBean<AccessLogFilter> accessLogFilter(HttpSettings settings) {
    FilterRegistrationBean<AccessLogFilter> registration = at(FIRST + 3, new AccessLogFilter());
    registration.setEnabled(settings.accessLog());
    return registration;
  }

  @Bean
  FilterRegistrationBean<Filter> responseHeadersFilter() {
    return at(FIRST, ResponseHeaders.filter());
  }

  @Bean
  FilterRegistrationBean<ProblemFilter> problemFilter(ProblemWriter problems) {
    return at(FIRST + 4, new ProblemFilter(problems));
  }

  @Bean
  FilterRegistrationBean<StoppingFilter> stoppingFilter(Stopping stopping) {
    return at(FIRST + 5, new StoppingFilter(stopping));
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(HttpSettings settings) {
    return at(FIRST + 7, new BodyLimitFilter(settings.maxBody().toBytes()));
  }

  @Bean
  FilterRegistrationBean<DeadlineFilter> deadlineFilter(HttpSettings settings) {
    return at(FIRST + 6, new DeadlineFilter(settings.deadline()));
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(new RepeatedParameters());
    registry.addInterceptor(new NamedMediaType());
  }

  private static <F extends Filter> FilterRegistrationBean<F> at(int order, F filter) {
    FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    return registration;
  }
}

package io.tenantry.api.idempotency;

import jakarta.servlet.DispatcherType;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Puts the key's transaction around every POST handler, and the filter that reads the key. */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class OncePostsConfiguration {

  /** After security, whose filter has -100, and before the dispatcher. */
  private static final int AFTER_SECURITY = -50;

  @Bean
  static FilterRegistrationBean<KeyFilter> idempotencyKeyFilter() {
    FilterRegistrationBean<KeyFilter> registration = new FilterRegistrationBean<>(new KeyFilter());
    registration.addUrlPatterns("/v1/*", "/admin/v1/*");
    registration.setOrder(AFTER_SECURITY);
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    return registration;
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static Advisor oncePostsAdvisor(ObjectProvider<OncePosts> posts) {
    // Asked for at the first call: advisors are made before the services are.
    MethodInterceptor once = call -> posts.getObject().call(call);
    return new DefaultPointcutAdvisor(
        new AnnotationMatchingPointcut(RestController.class, PostMapping.class), once);
  }
}

package io.tenantry.persistence.failure;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Service;

/**
 * Puts the translation around every service, outside of its transaction: a COMMIT can fail too, and
 * does so after the method has returned.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class FailureTranslation {

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static Advisor failureTranslationAdvisor() {
    MethodInterceptor translate =
        call -> {
          try {
            return call.proceed();
          } catch (RuntimeException e) {
            throw DatabaseFailures.translate(e).<RuntimeException>map(known -> known).orElse(e);
          }
        };
    DefaultPointcutAdvisor advisor =
        new DefaultPointcutAdvisor(
            AnnotationMatchingPointcut.forClassAnnotation(Service.class), translate);
    // The transaction's own advisor has the lowest precedence, so this one lies outside of it.
    advisor.setOrder(Ordered.LOWEST_PRECEDENCE - 100);
    return advisor;
  }
}

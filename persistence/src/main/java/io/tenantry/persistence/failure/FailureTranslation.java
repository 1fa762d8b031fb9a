package io.tenantry.persistence.failure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Service;

/**
 * Puts repetition and translation around every service, outside of its transaction: a COMMIT can
 * fail too, and does so after the method has returned.
 */
@Configuration(proxyBeanMethods = false)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class FailureTranslation {

  @Bean
  static MeterBinder transactionRetries() {
    return TransactionRetry::register;
  }

  @Bean
  @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
  static Advisor failureTranslationAdvisor(ObjectProvider<MeterRegistry> registry) {
    TransactionRetry retry = new TransactionRetry(registry);
    MethodInterceptor translate =
        call -> {
          try {
            return retry.call(call);
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

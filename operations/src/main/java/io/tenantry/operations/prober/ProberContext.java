package io.tenantry.operations.prober;

import io.tenantry.persistence.PersistenceConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What serves requests, pool and mapping, without anything that takes requests. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(PersistenceConfiguration.class)
class ProberContext {}

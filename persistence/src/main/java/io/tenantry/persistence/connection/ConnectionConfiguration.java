package io.tenantry.persistence.connection;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Remembered;
import io.tenantry.credentials.settings.CapabilitySettings;
import io.tenantry.tenancy.capability.CapabilitySigner;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the way to the database. The pool is no {@code DataSource} bean; the one there is serves
 * the tenant in scope and nobody else.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PoolSettings.class, PoolerSettings.class, CapabilitySettings.class})
class ConnectionConfiguration {

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  // Two keys are accepted while one replaces the other, for far longer than this.
  private static final Duration KEY_IS_FRESH = Duration.ofSeconds(2);

  @Bean
  ServingPool servingPool(
      DatabaseAddress address,
      CredentialSource credentials,
      PoolSettings settings,
      PoolerSettings pooler,
      ObjectProvider<ConnectionQuota> quota,
      ObjectProvider<MeterRegistry> registry) {
    return new ServingPool(
        address,
        credentials,
        settings,
        pooler,
        quota.getIfAvailable(() -> tenant -> settings.size()),
        new ConnectionMetrics(registry.getIfAvailable(CompositeMeterRegistry::new)));
  }

  @Bean
  TenantCheckout tenantCheckout(
      DatabaseAddress address,
      CredentialSource credentials,
      PoolSettings settings,
      CapabilitySettings capability) {
    CapabilitySigner signer =
        new CapabilitySigner(
            new Remembered<>(credentials::capabilityKey, KEY_IS_FRESH, InstantSource.system()),
            InstantSource.system(),
            capability.lifetime(),
            address.database());
    return new TenantCheckout(signer, settings.statementTimeout(), settings.lockTimeout());
  }

  @Bean
  StatementGuard statementGuard(ObjectProvider<MeterRegistry> registry) {
    return new ReportingGuard(new SqlGuard(), registry.getIfAvailable(CompositeMeterRegistry::new));
  }

  @Bean
  TenantDataSource dataSource(ServingPool pool, TenantCheckout checkout, StatementGuard guard) {
    return new TenantDataSource(pool, checkout, guard);
  }

  @Bean
  @SuppressWarnings("unchecked")
  StatementGuardCheck statementGuardCheck(
      ObjectProvider<DataSource> sources, ObjectProvider<EntityManagerFactory> factory) {
    return new StatementGuardCheck(
        tenant ->
            StatementGuardCheck.Doors.of(
                sources.stream(),
                factory
                    .getObject()
                    .unwrap(SessionFactoryImplementor.class)
                    .getServiceRegistry()
                    .requireService(MultiTenantConnectionProvider.class),
                tenant));
  }

  @Bean
  SharedBackends sharedBackends(
      ServingPool pool, TenantCheckout checkout, StatementGuard guard, PoolerSettings pooler) {
    return new SharedBackends(pool, checkout, guard, pooler);
  }

  @Bean
  DatabaseProbe databaseProbe(ServingPool pool) {
    return new DatabaseProbe(pool, PROBE_TIMEOUT);
  }

  @Bean
  EntryProof entryProof(ServingPool pool, TenantCheckout checkout) {
    return new EntryProof(pool, checkout, InstantSource.system());
  }

  @Bean
  HibernatePropertiesCustomizer tenantSettings(TenantDataSource door) {
    return settings -> {
      settings.put(
          MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER,
          new TenantConnectionProvider(door));
      settings.put(
          MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, new CurrentTenantResolver());
      settings.put(JdbcSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true);
    };
  }
}

package io.tenantry.api.isolation;

import io.tenantry.control.catalog.CatalogScan;
import io.tenantry.persistence.connection.EntryProof;
import io.tenantry.persistence.connection.StatementGuardCheck;
import io.tenantry.tenancy.finding.Finding;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is looked at, each by whom. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SafetySettings.class)
class InspectionConfiguration {

  @Bean
  Inspection catalogInspection(CatalogScan catalog, SafetySettings settings) {
    return new Inspection() {
      @Override
      public List<Finding> quick() {
        return catalog.quick();
      }

      @Override
      public List<Finding> full() {
        return catalog.full(settings.scanTimeout());
      }
    };
  }

  /** What the last look at all catalogs has left in the registry. */
  @Bean
  Inspection driftInspection(CatalogScan catalog) {
    return catalog::drifted;
  }

  @Bean
  Inspection statementGuardInspection(StatementGuardCheck guard) {
    return guard::findings;
  }

  @Bean
  Inspection entryInspection(CatalogScan catalog, EntryProof entry, SafetySettings settings) {
    return () -> entry.findings(catalog.tenantsInPlace(), settings.clockSkew());
  }
}

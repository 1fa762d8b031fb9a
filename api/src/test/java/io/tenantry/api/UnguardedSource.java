package io.tenantry.api;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.credentials.Duty;
import io.tenantry.migrations.DutyDataSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;

/**
 * Somebody's own way to the database, past the statement guard. Not found by the scan for beans.
 */
class UnguardedSource {

  @Bean
  @Fallback
  DataSource unguarded(DatabaseAddress address, CredentialSource credentials) {
    return new DutyDataSource(address, credentials, Duty.APP, "unguarded");
  }
}

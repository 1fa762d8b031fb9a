package io.tenantry.migrations.application;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How operations are carried out.
 *
 * @param pollInterval between two looks at an empty queue, above 0
 * @param lease how long an operation stays with a worker that shows no life, at least 3 s
 * @param migrateOnStart whether the platform's changelog is run before the first operation
 */
@ConfigurationProperties("tenantry.provisioner")
record ProvisionerSettings(
    @DefaultValue("500ms") Duration pollInterval,
    @DefaultValue("30s") Duration lease,
    @DefaultValue("false") boolean migrateOnStart) {

  private static final Duration LEAST_LEASE = Duration.ofSeconds(3);

  ProvisionerSettings {
    if (!pollInterval.isPositive()) {
      throw new IllegalArgumentException(
          "tenantry.provisioner.poll-interval is " + pollInterval + "; it has to be above 0.");
    }
    if (lease.compareTo(LEAST_LEASE) < 0) {
      throw new IllegalArgumentException(
          "tenantry.provisioner.lease is "
              + lease
              + "; it has to be at least "
              + LEAST_LEASE
              + ".");
    }
  }
}

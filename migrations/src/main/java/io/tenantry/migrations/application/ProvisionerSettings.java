package io.tenantry.migrations.application;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How operations are carried out.
 *
 * @param pollInterval between two looks at an empty queue, above 0
 * @param lease how long an operation stays with a worker that shows no life, at least 3 s
 * @param workers how many operations are carried out at once, 1 to 16
 * @param prepared how many tenants are kept made ahead, so that who asks for one has it at once, 0
 *     to 1000; 0 makes none
 * @param migrateOnStart whether the platform's changelog is run before the first operation
 */
@ConfigurationProperties("tenantry.provisioner")
record ProvisionerSettings(
    @DefaultValue("500ms") Duration pollInterval,
    @DefaultValue("30s") Duration lease,
    @DefaultValue("2") int workers,
    @DefaultValue("3") int prepared,
    @DefaultValue("false") boolean migrateOnStart) {

  private static final Duration LEAST_LEASE = Duration.ofSeconds(3);
  private static final int MOST_WORKERS = 16;
  private static final int MOST_PREPARED = 1_000;

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
    demandWithin("workers", workers, 1, MOST_WORKERS);
    demandWithin("prepared", prepared, 0, MOST_PREPARED);
  }

  private static void demandWithin(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "tenantry.provisioner."
              + name
              + " is "
              + value
              + "; it has to be "
              + least
              + " to "
              + most
              + ".");
    }
  }
}

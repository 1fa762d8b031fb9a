package io.tenantry.api.platform;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rules about tenants.
 *
 * @param slugQuarantine how long after a purge nobody gets the tenant's slug, 0 d to 3,650 d:
 *     whoever still has the name somewhere must not reach a stranger by it
 */
@ConfigurationProperties("tenantry.tenants")
record TenantSettings(@DefaultValue("30d") Duration slugQuarantine) {

  private static final Duration MOST = Duration.ofDays(3650);

  TenantSettings {
    if (slugQuarantine.isNegative() || slugQuarantine.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "tenantry.tenants.slug-quarantine is " + slugQuarantine + "; it takes 0 to 3650 days.");
    }
  }
}

package io.tenantry.migrations.application;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tenants end.
 *
 * @param feltWithin how long until every instance refuses a deleted tenant, 0 s to 1 min; no less
 *     than the instances' tenantry.control.directory-interval and a look
 * @param longestDrain how long transactions that may be a deleted tenant's are waited for after
 *     that, 0 s to 1 h
 * @param purge whether tenants are purged when their retention is over; else only when asked for
 * @param purgeInterval between two looks for tenants to purge, 1 s to 24 h
 * @param leastRetention how long after its deletion a tenant is left alone by these looks, even if
 *     its retentionDays are fewer, 0 s to 30 d; a purge that somebody asks for does not wait for it
 */
@ConfigurationProperties("tenantry.end")
record EndSettings(
    @DefaultValue("5s") Duration feltWithin,
    @DefaultValue("60s") Duration longestDrain,
    @DefaultValue("false") boolean purge,
    @DefaultValue("10m") Duration purgeInterval,
    @DefaultValue("1d") Duration leastRetention) {

  EndSettings {
    between("felt-within", feltWithin, Duration.ZERO, Duration.ofMinutes(1));
    between("longest-drain", longestDrain, Duration.ZERO, Duration.ofHours(1));
    between("purge-interval", purgeInterval, Duration.ofSeconds(1), Duration.ofDays(1));
    between("least-retention", leastRetention, Duration.ZERO, Duration.ofDays(30));
  }

  private static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "tenantry.end.%s is %s; it takes %s to %s.".formatted(name, value, least, most));
    }
  }
}

package io.tenantry.persistence.connection;

import io.tenantry.credentials.DatabaseAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The pooler between the connections that serve requests and the database. Whatever else talks to
 * the database does so directly, as {@code tenantry.database} says.
 *
 * @param kind which one, none, pgbouncer (1.22 or later, with max_prepared_statements above 0) or
 *     pgbouncer-unprepared (any version; the driver then prepares nothing by name)
 * @param host name or address of the pooler; the database's own where not said
 * @param port of the pooler, 1 to 65535
 */
@ConfigurationProperties("tenantry.pooler")
public record PoolerSettings(
    @DefaultValue("none") Kind kind, @Nullable String host, @DefaultValue("6432") int port) {

  public PoolerSettings {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "tenantry.pooler.port is " + port + "; it takes 1 to 65535.");
    }
    if (host != null && host.isBlank()) {
      throw new IllegalArgumentException(
          "tenantry.pooler.host is empty; leave it out where the pooler is on the database's"
              + " host.");
    }
  }

  /** No pooler. */
  static PoolerSettings none() {
    return new PoolerSettings(Kind.NONE, null, 6432);
  }

  boolean present() {
    return kind != Kind.NONE;
  }

  /**
   * Where to connect for {@code database}.
   *
   * @throws IllegalArgumentException when a pooler's host is given, and no kind of pooler
   */
  DatabaseAddress before(DatabaseAddress database) {
    if (host != null && !present()) {
      throw new IllegalArgumentException(
          "tenantry.pooler.host is "
              + host
              + ", and tenantry.pooler.kind is none; say which pooler is there.");
    }
    return present()
        ? new DatabaseAddress(
            host == null ? database.host() : host, port, database.database(), database.sslMode())
        : database;
  }

  /** What may stand in front. */
  public enum Kind {
    NONE,
    PGBOUNCER,
    PGBOUNCER_UNPREPARED
  }
}

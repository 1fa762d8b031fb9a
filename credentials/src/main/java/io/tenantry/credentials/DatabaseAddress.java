package io.tenantry.credentials;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where the database is. Carries no user and no password: a URL ends up in logs.
 *
 * @param host name or address
 * @param port 1..65535
 * @param database the database's name; also the audience of capabilities
 * @param sslMode as the driver spells it: disable, allow, prefer, require, verify-ca, verify-full
 */
public record DatabaseAddress(String host, int port, String database, String sslMode) {

  public DatabaseAddress {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("Port " + port + " is not between 1 and 65535.");
    }
  }

  /** The driver's URL; {@code applicationName} shows in pg_stat_activity. */
  public String jdbcUrl(String applicationName) {
    return "jdbc:postgresql://"
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + port
        + "/"
        + encode(database)
        + "?sslmode="
        + encode(sslMode)
        + "&ApplicationName="
        + encode(applicationName);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}

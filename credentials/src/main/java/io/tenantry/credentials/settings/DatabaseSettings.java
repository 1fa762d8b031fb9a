package io.tenantry.credentials.settings;

import io.tenantry.credentials.DatabaseAddress;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the database is.
 *
 * @param host name or address
 * @param port of the server, 1 to 65535
 * @param name the database's name; capabilities are signed for it
 * @param sslMode disable, allow, prefer, require, verify-ca or verify-full; the last where the
 *     network is not trusted
 */
@ConfigurationProperties("tenantry.database")
public record DatabaseSettings(
    @DefaultValue("127.0.0.1") String host,
    @DefaultValue("5432") int port,
    @DefaultValue("tenantry") String name,
    @DefaultValue("prefer") String sslMode) {

  private static final Set<String> SSL_MODES =
      Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  public DatabaseSettings {
    if (host.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException("tenantry.database.host or .name is empty.");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "tenantry.database.port is " + port + "; it takes 1 to 65535.");
    }
    if (!SSL_MODES.contains(sslMode)) {
      throw new IllegalArgumentException(
          "tenantry.database.ssl-mode is " + sslMode + "; it takes one of " + SSL_MODES + ".");
    }
  }

  /** The same, as the ways to the database want it. */
  public DatabaseAddress address() {
    return new DatabaseAddress(host, port, name, sslMode);
  }
}

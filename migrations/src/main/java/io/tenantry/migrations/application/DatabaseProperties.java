package io.tenantry.migrations.application;

import io.tenantry.credentials.DatabaseAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the database is.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param name the database
 * @param sslMode as the driver spells it
 */
@ConfigurationProperties("tenantry.database")
record DatabaseProperties(
    @DefaultValue("localhost") String host,
    @DefaultValue("5432") int port,
    @DefaultValue("tenantry") String name,
    @DefaultValue("prefer") String sslMode) {

  DatabaseAddress address() {
    return new DatabaseAddress(host, port, name, sslMode);
  }
}

package io.tenantry.standalone;

import io.tenantry.operations.platform.InstanceFile;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.nio.file.Path;
import java.util.Map;

/**
 * How the standalone system is started; all from the environment.
 *
 * @param home everything it keeps: {@code TENANTRY_HOME}, {@code .tenantry} by default
 * @param port of the API on 127.0.0.1: {@code TENANTRY_PORT}, 8080 by default
 * @param managementPort of health and metrics: {@code TENANTRY_MANAGEMENT_PORT}, 8081 by default
 * @param postgresPort where the search for a free port begins: {@code TENANTRY_POSTGRES_PORT}, 5432
 *     by default
 */
record StandaloneSettings(Path home, int port, int managementPort, int postgresPort) {

  private static final int HIGHEST_PORT = 65_535;

  static StandaloneSettings from(Map<String, String> environment) {
    return new StandaloneSettings(
        Path.of(environment.getOrDefault("TENANTRY_HOME", ".tenantry"))
            .toAbsolutePath()
            .normalize(),
        port(environment, "TENANTRY_PORT", 8080),
        port(environment, "TENANTRY_MANAGEMENT_PORT", 8081),
        port(environment, "TENANTRY_POSTGRES_PORT", 5432));
  }

  /** A variable that is there but blank counts as not set. */
  private static String value(Map<String, String> environment, String name, String standard) {
    String value = environment.getOrDefault(name, "").strip();
    return value.isEmpty() ? standard : value;
  }

  private static int port(Map<String, String> environment, String name, int standard) {
    String text = value(environment, name, Integer.toString(standard));
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= HIGHEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, for numbers out of range as well.
    }
    throw new TenantryException(
        ErrorCode.SETTING_INVALID, name + " is '" + text + "'; it takes a port, 1 to 65535.");
  }

  Path secrets() {
    return home.resolve("secrets");
  }

  Path postgres() {
    return home.resolve("postgres");
  }

  InstanceFile instanceFile() {
    return InstanceFile.in(home);
  }
}

package io.tenantry.operations.platform;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a running {@code make run} is, from the file that it leaves.
 *
 * @param api where its API answers; empty when the file does not say
 */
public record RunningInstance(Optional<URI> api, DatabaseAddress database) {

  private static final String DATABASE = "tenantry";

  /**
   * The one that runs from that folder; empty when none does.
   *
   * @throws TenantryException with {@code setting_invalid} when its file cannot be read
   */
  public static Optional<RunningInstance> in(Path home) {
    Path file = home.resolve("instance.properties");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      int port = Integer.parseInt(properties.getProperty("postgresPort", ""));
      return Optional.of(
          new RunningInstance(
              Optional.ofNullable(properties.getProperty("api")).map(URI::create),
              new DatabaseAddress("127.0.0.1", port, DATABASE, "disable")));
    } catch (IOException | IllegalArgumentException e) {
      throw new TenantryException(
          ErrorCode.SETTING_INVALID, file + " cannot be read; set TENANTRY_DATABASE_HOST.", e);
    }
  }
}

package io.tenantry.operations.platform;

import io.tenantry.credentials.DatabaseAddress;
import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Reads where the database of a running {@code make run} is, from the file that it leaves. */
final class RunningInstance {

  private static final String DATABASE = "tenantry";

  private RunningInstance() {}

  /** Its database; empty when none runs from that folder. */
  static Optional<DatabaseAddress> in(Path home) {
    Path file = home.resolve("instance.properties");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      int port = Integer.parseInt(properties.getProperty("postgresPort", ""));
      return Optional.of(new DatabaseAddress("127.0.0.1", port, DATABASE, "disable"));
    } catch (IOException | IllegalArgumentException e) {
      throw new TenantryException(
          ErrorCode.SETTING_INVALID, file + " cannot be read; set TENANTRY_DATABASE_HOST.", e);
    }
  }
}

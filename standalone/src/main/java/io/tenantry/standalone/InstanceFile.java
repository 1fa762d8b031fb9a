package io.tenantry.standalone;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/** Where a running instance is, for the commands that talk to it. Holds no secret. */
final class InstanceFile {

  private final Path file;

  InstanceFile(Path file) {
    this.file = file;
  }

  /**
   * @param api where the API answers
   * @param postgresPort of the embedded server, on 127.0.0.1
   */
  record Instance(URI api, int postgresPort) {}

  void write(Instance instance) {
    Properties properties = new Properties();
    properties.setProperty("api", instance.api().toString());
    properties.setProperty("postgresPort", Integer.toString(instance.postgresPort()));
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (Writer writer = Files.newBufferedWriter(beside)) {
        properties.store(writer, null);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("While writing " + file, e);
    }
  }

  /**
   * Reads where the instance is.
   *
   * @throws TenantryException with {@code setting_invalid} when none was ever started here
   */
  Instance read() {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return new Instance(
          URI.create(properties.getProperty("api", "")),
          Integer.parseInt(properties.getProperty("postgresPort", "")));
    } catch (NoSuchFileException e) {
      throw notRunning("nothing was started from it yet", e);
    } catch (IOException | IllegalArgumentException e) {
      throw notRunning(file + " cannot be read", e);
    }
  }

  private TenantryException notRunning(String why, Exception cause) {
    return new TenantryException(
        ErrorCode.SETTING_INVALID,
        "No running instance is known in "
            + file.getParent()
            + ": "
            + why
            + ". Start one with make run, or set TENANTRY_HOME.",
        cause);
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("While deleting " + file, e);
    }
  }
}

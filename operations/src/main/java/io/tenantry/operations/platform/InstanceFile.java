package io.tenantry.operations.platform;

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
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The file in which a running instance says where it is, for the commands that work on it. Holds no
 * secret.
 */
public final class InstanceFile {

  private final Path file;

  private InstanceFile(Path file) {
    this.file = file;
  }

  /** That of an instance which keeps everything in {@code home}. */
  public static InstanceFile in(Path home) {
    return new InstanceFile(home.resolve("instance.properties"));
  }

  /** Written whole or not at all; in place of what was there. */
  public void write(Instance instance) {
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
   * Reads where the instance is; empty when none runs from that folder.
   *
   * @throws TenantryException with {@code setting_invalid} when it cannot be read
   */
  public Optional<Instance> find() {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return Optional.of(
          new Instance(
              URI.create(properties.getProperty("api", "")),
              Integer.parseInt(properties.getProperty("postgresPort", ""))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw notRunning(file + " cannot be read", e);
    }
  }

  /**
   * Reads where the instance is.
   *
   * @throws TenantryException with {@code setting_invalid} when none runs from that folder, or it
   *     cannot be read
   */
  public Instance read() {
    return find().orElseThrow(() -> notRunning("nothing was started from it yet", null));
  }

  private TenantryException notRunning(String why, @Nullable Exception cause) {
    return new TenantryException(
        ErrorCode.SETTING_INVALID,
        "No running instance is known in "
            + file.getParent()
            + ": "
            + why
            + ". Start one with make run, or set TENANTRY_HOME.",
        cause);
  }

  /** Says that nothing runs any more; no failure when nothing did. */
  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("While deleting " + file, e);
    }
  }
}

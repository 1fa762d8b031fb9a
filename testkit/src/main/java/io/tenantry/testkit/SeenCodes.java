package io.tenantry.testkit;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes which codes of the catalogue tests have produced, a file each under {@code
 * build/seen-codes}; {@code make test} fails for a code that none has. Thread-safe, also between
 * processes.
 */
public final class SeenCodes {

  private SeenCodes() {}

  /** Notes a code that a test has just found to be the one it expected. */
  public static void saw(ErrorCode code) {
    saw(code.id());
  }

  /** As above, by its id, as answers over HTTP have it. */
  public static void saw(String code) {
    try {
      Path folder = Files.createDirectories(root().resolve("build").resolve("seen-codes"));
      Files.writeString(folder.resolve(code), "");
    } catch (IOException e) {
      throw new UncheckedIOException("While noting that " + code + " was seen", e);
    }
  }

  /** The codes of a failure and its causes, outermost first; all are noted. */
  public static List<ErrorCode> in(Throwable failure) {
    List<ErrorCode> codes = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TenantryException known) {
        saw(known.code());
        codes.add(known.code());
      }
    }
    return codes;
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve(".ci"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("No folder above this one is the repository's: none has .ci");
    }
    return folder;
  }
}

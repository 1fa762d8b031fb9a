package io.tenantry.api;

import io.tenantry.credentials.directory.SecretDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The platform's secrets, but for a capability key that its database does not know. */
record OtherKeys(Path folder) {

  private static final String KEY = "capability.1";

  /** Copies them below {@code parent}. */
  static OtherKeys in(Path parent) {
    Path folder = parent.resolve("secrets");
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      for (Path secret : secrets()) {
        if (!secret.endsWith(KEY)) {
          Files.copy(
              secret, folder.resolve(secret.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SecretDirectory.createMissing(folder);
    return new OtherKeys(folder);
  }

  /** Brings the right key. */
  void mend() {
    try {
      Files.copy(
          ApiServer.platform().secrets().resolve(KEY),
          folder.resolve(KEY),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> secrets() throws IOException {
    try (Stream<Path> files = Files.list(ApiServer.platform().secrets())) {
      return files.toList();
    }
  }
}

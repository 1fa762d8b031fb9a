package io.tenantry.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The superuser's generated password and the file that keeps it. */
final class SuperuserPassword {
  private static final String FILE = "superuser.password";
  private static final int BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private SuperuserPassword() {}

  /** A password nobody knows: 192 random bits. */
  static String generate() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * The password kept in this home. A new one is kept before it is used, so that no kill leaves
   * data without its password.
   */
  static String keptIn(Path home, boolean dataExists) throws IOException {
    Path file = home.resolve(FILE);
    Optional<String> kept = keptIn(home);
    if (kept.isPresent()) {
      return kept.get();
    }
    if (dataExists) {
      throw new EmbeddedPostgresException(
          "the superuser's password file " + file + " is gone, but its data is there",
          "put the file back, or delete " + home + " to begin anew without the data");
    }
    String generated = generate();
    Folders.writePrivate(file, generated + "\n");
    return generated;
  }

  /** The password kept in this home, if there is one. */
  static Optional<String> keptIn(Path home) throws IOException {
    Path file = home.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(Files.readString(file).strip()).filter(kept -> !kept.isEmpty())
        : Optional.empty();
  }
}

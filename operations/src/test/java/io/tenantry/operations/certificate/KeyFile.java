package io.tenantry.operations.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/**
 * A key as the platform keeps it: the private one first, then the public one, its owner's alone.
 */
record KeyFile(Path pem, KeyPair pair) {

  /** A new one in a new folder. */
  static KeyFile in(Path folder) throws IOException, GeneralSecurityException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path pem =
        Files.writeString(
            folder.resolve("certificate-key.pem"),
            block("PRIVATE", pair.getPrivate()) + block("PUBLIC", pair.getPublic()));
    Files.setPosixFilePermissions(pem, PosixFilePermissions.fromString("rw-------"));
    return new KeyFile(pem, pair);
  }

  private static String block(String kind, Key key) {
    return "-----BEGIN %1$s KEY-----\n%2$s\n-----END %1$s KEY-----\n"
        .formatted(kind, Base64.getEncoder().encodeToString(key.getEncoded()));
  }
}

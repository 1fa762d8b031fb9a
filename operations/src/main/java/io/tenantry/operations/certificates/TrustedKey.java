package io.tenantry.operations.certificates;

import io.tenantry.control.certificate.Certificates;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the public key that is believed, from a file that did not come with the certificate. */
final class TrustedKey {

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  private TrustedKey() {}

  /**
   * Reads it; a private key in the same file is passed over.
   *
   * @throws CommandFailure when there is none
   */
  static PublicKey read(Path file) {
    try {
      Matcher pem = PEM.matcher(Files.readString(file));
      if (pem.find()) {
        byte[] der = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance(Certificates.ALGORITHM)
            .generatePublic(new X509EncodedKeySpec(der));
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      // Told below: the content is a key, so nothing of it is shown.
    }
    throw new CommandFailure(
        ExitCode.FAILED,
        file + " holds no public " + Certificates.ALGORITHM + " key that can be read.",
        "--key takes a PEM file with BEGIN PUBLIC KEY; the platform has it in"
            + " certificate-key.pem of its secrets.");
  }
}

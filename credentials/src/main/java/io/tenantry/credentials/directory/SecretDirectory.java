package io.tenantry.credentials.directory;

import io.tenantry.credentials.Duty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/**
 * Makes the secrets of an installation that has none yet, in the layout that {@link
 * DirectoryCredentialSource} reads. What is there stays as it is, so a second call, or one after a
 * kill half way, completes the set and changes nothing.
 */
public final class SecretDirectory {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int FIRST_KEY_ID = 1;
  // RS256: verified at every request, and the cheapest of the accepted algorithms to verify. 128
  // bits of security need this length (NIST SP 800-57 part 1 rev. 5, table 2).
  private static final int ISSUER_KEY_BITS = 3072;

  private SecretDirectory() {}

  /**
   * Writes every secret that is missing. May block on the disk for some 100 ms.
   *
   * @throws UncheckedIOException when the folder cannot be written
   */
  public static void createMissing(Path directory) {
    try {
      SecretFiles.createFolder(directory);
      for (Duty duty : Duty.values()) {
        for (String login : duty.logins()) {
          SecretFiles.writeIfAbsent(
              DirectoryCredentialSource.loginFile(directory, login), randomText());
        }
        if (duty.logins().size() > 1) {
          SecretFiles.writeIfAbsent(
              DirectoryCredentialSource.activeFile(directory, duty), duty.logins().getFirst());
        }
      }
      SecretFiles.writeIfAbsent(
          DirectoryCredentialSource.capabilityFile(directory, FIRST_KEY_ID),
          Base64.getEncoder().encodeToString(randomBytes()));
      SecretFiles.writeIfAbsent(
          directory.resolve("active.capability"), Integer.toString(FIRST_KEY_ID));
      SecretFiles.writeIfAbsent(DirectoryCredentialSource.issuerFile(directory), newIssuerKey());
      SecretFiles.writeIfAbsent(
          DirectoryCredentialSource.certificateFile(directory), newCertificateKey());
    } catch (IOException e) {
      throw new UncheckedIOException("While making the secrets in " + directory, e);
    }
  }

  /**
   * The secret of an API client that belongs to this installation's own demo or tests, made when it
   * is missing.
   *
   * @param client lower-case letters, digits and hyphens
   */
  public static String clientSecret(Path directory, String client) {
    Path file = directory.resolve("client." + client.toLowerCase(Locale.ROOT));
    try {
      SecretFiles.createFolder(directory);
      SecretFiles.writeIfAbsent(file, randomText());
    } catch (IOException e) {
      throw new UncheckedIOException("While making the secret of client " + client, e);
    }
    return SecretFiles.read(file);
  }

  private static byte[] randomBytes() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static String randomText() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
  }

  private static String newIssuerKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(ISSUER_KEY_BITS, RANDOM);
      return Pem.write(Pem.PRIVATE, generator.generateKeyPair().getPrivate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java makes no RSA keys.", e);
    }
  }

  /** The private key first, as openssl has it, and the public one, so that it can be handed out. */
  private static String newCertificateKey() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return Pem.write(Pem.PRIVATE, pair.getPrivate())
          + "\n"
          + Pem.write(Pem.PUBLIC, pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java makes no Ed25519 keys.", e);
    }
  }
}

package io.tenantry.credentials.directory;

import io.tenantry.credentials.CredentialSource;
import io.tenantry.credentials.Duty;
import io.tenantry.credentials.LoginCredentials;
import io.tenantry.tenancy.capability.CapabilityKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Reads credentials from a directory, anew at each call: a changed file is in use at once. The
 * layout is in this package's description.
 */
public final class DirectoryCredentialSource implements CredentialSource {

  private final Path directory;

  /**
   * @param directory need not exist yet
   */
  public DirectoryCredentialSource(Path directory) {
    this.directory = directory;
  }

  @Override
  public LoginCredentials login(Duty duty) {
    if (duty.logins().size() == 1) {
      return login(duty.logins().getFirst());
    }
    Path pointer = activeFile(directory, duty);
    String active = SecretFiles.read(pointer);
    if (!duty.logins().contains(active)) {
      throw SecretFiles.unreadable(
          pointer, "names a login other than " + String.join(", ", duty.logins()), null);
    }
    return login(active);
  }

  @Override
  public LoginCredentials login(String user) {
    return new LoginCredentials(user, SecretFiles.read(loginFile(directory, user)));
  }

  @Override
  public CapabilityKey capabilityKey() {
    Path pointer = directory.resolve("active.capability");
    String id = SecretFiles.read(pointer);
    try {
      Path file = capabilityFile(directory, Integer.parseInt(id));
      byte[] secret = Base64.getDecoder().decode(SecretFiles.read(file));
      return new CapabilityKey(Integer.parseInt(id), secret);
    } catch (NumberFormatException e) {
      throw SecretFiles.unreadable(pointer, "does not hold a number", e);
    } catch (IllegalArgumentException e) {
      throw SecretFiles.unreadable(
          directory.resolve("capability." + id), "does not hold 32 to 64 bytes in Base64", e);
    }
  }

  @Override
  public KeyPair issuerKey() {
    Path file = issuerFile(directory);
    String text = SecretFiles.read(file);
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA");
      byte[] der = Pem.read(text, Pem.PRIVATE);
      if (factory.generatePrivate(new PKCS8EncodedKeySpec(der)) instanceof RSAPrivateCrtKey key) {
        RSAPublicKeySpec spec = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
        return new KeyPair(factory.generatePublic(spec), key);
      }
      throw SecretFiles.unreadable(file, "holds an RSA key without its primes", null);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw SecretFiles.unreadable(file, "does not hold an RSA private key (PKCS #8)", e);
    }
  }

  @Override
  public KeyPair certificateKey() {
    Path file = certificateFile(directory);
    String text = SecretFiles.read(file);
    try {
      KeyFactory factory = KeyFactory.getInstance("Ed25519");
      return new KeyPair(
          factory.generatePublic(new X509EncodedKeySpec(Pem.read(text, Pem.PUBLIC))),
          factory.generatePrivate(new PKCS8EncodedKeySpec(Pem.read(text, Pem.PRIVATE))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw SecretFiles.unreadable(
          file, "does not hold an Ed25519 key (PKCS #8) and its public key", e);
    }
  }

  @Override
  public List<String> namesContaining(String part) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.contains(part))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw SecretFiles.unreadable(
          directory, "cannot be listed (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  static Path certificateFile(Path directory) {
    return directory.resolve("certificate-key.pem");
  }

  static Path activeFile(Path directory, Duty duty) {
    return directory.resolve("active." + duty.name().toLowerCase(Locale.ROOT));
  }

  static Path loginFile(Path directory, String user) {
    return directory.resolve("login." + user);
  }

  static Path capabilityFile(Path directory, int id) {
    return directory.resolve("capability." + id);
  }

  static Path issuerFile(Path directory) {
    return directory.resolve("issuer.pem");
  }
}

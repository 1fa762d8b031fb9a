package io.tenantry.operations.certificate;

import io.tenantry.control.certificate.Certificates;
import io.tenantry.operations.terminal.CommandFailure;
import io.tenantry.operations.terminal.ExitCode;
import io.tenantry.operations.terminal.Surroundings;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key by which a certificate is believed, and where it was read. It is always named: in a
 * folder that is only looked into because a shell stands there, anybody may have put a key.
 *
 * @param file the file itself, without links on the way
 */
record TrustedKey(Path file, PublicKey key) {

  private static final String FILE = "certificate-key.pem";
  private static final String DIRECTORY = "TENANTRY_CREDENTIALS_DIRECTORY";
  private static final String HOME = "TENANTRY_HOME";
  private static final String WAY = "Name a PEM file with the platform's public key by --key.";

  /** Others' right to write, and the bit by which nobody replaces what is not his. */
  private static final int WRITTEN_BY_OTHERS = 022;

  private static final String ROOT = "root";

  private static final int STICKY = 01000;

  /**
   * Reads it.
   *
   * @param option null: from the folder that a variable names
   * @throws CommandFailure when no key is named, or others may write it
   */
  static TrustedKey of(@Nullable Path option, Surroundings surroundings) {
    Path named = option == null ? fromVariables(surroundings) : option;
    Path file;
    try {
      file = named.toRealPath();
      demandOwnersAlone(file);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "The key " + named + " cannot be read (" + e.getClass().getSimpleName() + ").",
          WAY);
    }
    try {
      return new TrustedKey(file, CertificateFile.publicKey(file));
    } catch (TenantryException e) {
      throw new CommandFailure(ExitCode.FAILED, e.detail(), WAY);
    }
  }

  private static Path fromVariables(Surroundings surroundings) {
    return surroundings
        .variable(DIRECTORY)
        .map(Path::of)
        .or(() -> surroundings.variable(HOME).map(home -> Path.of(home, "secrets")))
        .map(secrets -> secrets.resolve(FILE))
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.FAILED,
                    "It is not said whose key is to be believed.",
                    "Name the platform's public key with --key, or the folder of its secrets in "
                        + DIRECTORY
                        + "; the current folder is never looked into by itself."));
  }

  /** The folder too: who may write there puts another file in the key's place. */
  private static void demandOwnersAlone(Path file) throws IOException {
    Path folder = file.getParent();
    for (Path path : folder == null ? List.of(file) : List.of(file, folder)) {
      demandOurs(path, ProcessHandle.current().info().user());
    }
    boolean open = writtenByOthers(file, 0) || (folder != null && writtenByOthers(folder, STICKY));
    if (open) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "The key " + file + " can be written by others than its owner: it proves nothing.",
          "Look whether it is the right one, and then: chmod go-w "
              + file
              + (folder == null ? "" : " " + folder));
    }
  }

  /** Whose it is can give himself the right to write it. */
  static void demandOurs(Path path, Optional<String> we) throws IOException {
    String owner = Files.getOwner(path).getName();
    if (we.isPresent() && !owner.equals(we.get()) && !owner.equals(ROOT)) {
      throw new CommandFailure(
          ExitCode.FAILED,
          path + " belongs to " + owner + ", neither to you nor to " + ROOT + ".",
          "Copy the key that you trust to a folder of your own, and name it by --key.");
    }
  }

  private static boolean writtenByOthers(Path path, int excuse) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return false;
    }
    int mode = (int) Files.getAttribute(path, "unix:mode");
    return (mode & WRITTEN_BY_OTHERS) != 0 && (mode & excuse) == 0;
  }

  /** SHA-256 of the key as SubjectPublicKeyInfo, as hex: what a certificate calls its key. */
  String fingerprint() {
    return Certificates.keyId(key);
  }
}

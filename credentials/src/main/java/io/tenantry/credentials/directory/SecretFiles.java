package io.tenantry.credentials.directory;

import io.tenantry.tenancy.error.ErrorCode;
import io.tenantry.tenancy.error.TenantryException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads and writes single secret files. Messages name the file, never what is in it. */
final class SecretFiles {

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private SecretFiles() {}

  /** The file's text without surrounding white space. */
  static String read(Path file) {
    try {
      if (isPosix(file)) {
        Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
        open.retainAll(Files.getPosixFilePermissions(file));
        if (!open.isEmpty()) {
          throw unreadable(file, "is open to every user of this machine; chmod it to 0600", null);
        }
      }
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        throw unreadable(file, "is empty", null);
      }
      return text;
    } catch (NoSuchFileException e) {
      throw unreadable(file, "is not there", e);
    } catch (IOException e) {
      throw unreadable(file, "cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /**
   * Writes {@code text} with mode 0600 unless the file exists; a reader sees the whole file or
   * none, also when this process is killed half way.
   *
   * @return whether it was written
   */
  static boolean writeIfAbsent(Path file, String text) throws IOException {
    if (Files.exists(file)) {
      return false;
    }
    // A name of its own: another process may be writing the same secret.
    Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try {
      if (isPosix(file)) {
        Files.createFile(
            beside,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(beside);
      }
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        channel.write(StandardCharsets.UTF_8.encode(text + "\n"));
        channel.force(true);
      }
      // A link, since a move would replace what somebody else has written meanwhile.
      Files.createLink(file, beside);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** Makes the folder, with mode 0700, unless it exists. */
  static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (isPosix(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectory(folder);
    }
  }

  static TenantryException unreadable(Path file, String problem, @Nullable Exception cause) {
    return new TenantryException(
        ErrorCode.SECRET_UNREADABLE, "The secret file " + file + " " + problem + ".", cause);
  }

  private static boolean isPosix(Path path) throws IOException {
    Path existing = path.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    FileStore store = Files.getFileStore(existing);
    return store.supportsFileAttributeView(PosixFileAttributeView.class);
  }
}

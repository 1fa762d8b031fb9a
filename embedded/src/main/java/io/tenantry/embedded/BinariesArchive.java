package io.tenantry.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The packed server on the class path, unpacked once per content. */
final class BinariesArchive {
  private static final String BESIDE = ".unpacking-";
  private static final Duration LEFT_OVER = Duration.ofHours(1);

  private BinariesArchive() {}

  /**
   * The folder with the unpacked server. Unpacked beside and then renamed, so that a kill leaves
   * nothing half made and the second of two processes uses what the first one made.
   */
  static Path unpackInto(Path cache) {
    String name = resourceName();
    try {
      Path target = cache.resolve(hash(name));
      if (!Files.isDirectory(target)) {
        Files.createDirectories(cache);
        sweep(cache);
        Path beside =
            cache.resolve(BESIDE + ProcessHandle.current().pid() + "-" + System.nanoTime());
        try {
          unpack(name, beside);
          rename(beside, target);
        } finally {
          Folders.deleteAll(beside);
        }
      }
      return target;
    } catch (IOException e) {
      throw Folders.failed("unpacking the server into", cache, e);
    }
  }

  private static void rename(Path beside, Path target) throws IOException {
    try {
      Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }

  /** What a killed process left; a living one needs seconds, not an hour. */
  private static void sweep(Path cache) throws IOException {
    Instant old = Instant.now().minus(LEFT_OVER);
    try (Stream<Path> entries = Files.list(cache)) {
      for (Path entry : entries.toList()) {
        if (entry.getFileName().toString().startsWith(BESIDE)
            && Files.getLastModifiedTime(entry).toInstant().isBefore(old)) {
          Folders.deleteAll(entry);
        }
      }
    }
  }

  private static void unpack(String name, Path folder) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(open(name))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = inside(folder, folder.resolve(entry.getName()), entry);
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Path parent = path.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
          inside(folder, path.resolveSibling(entry.getLinkName()), entry);
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(path, inside(folder, folder.resolve(entry.getLinkName()), entry));
        } else {
          Files.copy(tar, path);
          if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(path, executable());
          }
        }
      }
    }
  }

  private static Path inside(Path folder, Path path, TarArchiveEntry entry) throws IOException {
    Path normal = path.normalize();
    if (!normal.startsWith(folder)) {
      throw new IOException("the archive points outside itself: " + entry.getName());
    }
    return normal;
  }

  private static Set<PosixFilePermission> executable() {
    return PosixFilePermissions.fromString("rwxr-xr-x");
  }

  private static String hash(String name) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(open(name), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static InputStream open(String name) {
    InputStream in = BinariesArchive.class.getResourceAsStream("/" + name);
    if (in == null) {
      throw new EmbeddedPostgresException(
          "the class path holds no " + name,
          "add the binaries of this platform, or name the bin folder of an installed server");
    }
    return in;
  }

  private static String resourceName() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "");
    return "postgres-"
        + (os.startsWith("mac") ? "darwin" : os)
        + "-"
        + switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> arch;
        }
        + ".txz";
  }
}

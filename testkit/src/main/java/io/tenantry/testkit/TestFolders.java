package io.tenantry.testkit;

import io.tenantry.embedded.EmbeddedPostgres;
import io.tenantry.embedded.EmbeddedPostgresException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where test servers live: under the temporary folder, which every user can reach, so that a test
 * run as root may hand the server to another user.
 */
final class TestFolders {
  private static final Logger LOG = LoggerFactory.getLogger(TestFolders.class);
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
  private static final Path OURS = oursIn(TEMPORARY);

  private TestFolders() {}

  /** Shared by all modules and runs. */
  static Path binaries() {
    return OURS.resolve("binaries");
  }

  /** A home for this process; what killed processes left is cleared away first. */
  static Path newHome() {
    String asked = TestSettings.get("TENANTRY_TEST_POSTGRES_DATA", "");
    Path ours = asked.isEmpty() ? OURS : oursIn(Path.of(asked));
    Path homes = ours.resolve("test-postgres");
    try {
      Files.createDirectories(homes);
      try (Stream<Path> old = Files.list(homes)) {
        old.filter(TestFolders::isLeftOver).forEach(TestFolders::discard);
      }
      return homes.resolve(ProcessHandle.current().pid() + "-" + UUID.randomUUID());
    } catch (IOException e) {
      throw new UncheckedIOException("while making room for a test server in " + homes, e);
    }
  }

  private static boolean isLeftOver(Path home) {
    String pid = home.getFileName().toString().replaceFirst("-.*", "");
    try {
      return ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    } catch (NumberFormatException notOurs) {
      return false;
    }
  }

  private static void discard(Path home) {
    try {
      EmbeddedPostgres.discard(home);
    } catch (EmbeddedPostgresException e) {
      LOG.info("Left as it is: {}", e.getMessage());
    }
  }

  /** Programs are run from here: a folder somebody else has made or can write to will not do. */
  private static Path oursIn(Path temporary) {
    String user = System.getProperty("user.name", "");
    Path folder = temporary.resolve("tenantry-" + user);
    try {
      Set<PosixFilePermission> rights = PosixFilePermissions.fromString("rwxr-xr-x");
      try {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(rights));
      } catch (FileAlreadyExistsException e) {
        Set<PosixFilePermission> found =
            Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName().equals(user)
            || found.contains(PosixFilePermission.GROUP_WRITE)
            || found.contains(PosixFilePermission.OTHERS_WRITE)) {
          return Files.createTempDirectory(temporary, "tenantry-");
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("while making " + folder, e);
    }
  }
}

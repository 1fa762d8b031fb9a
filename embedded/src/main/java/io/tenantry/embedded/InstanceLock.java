package io.tenantry.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One owner per home: a file lock, which the system drops when the process dies. */
final class InstanceLock {
  private static final String FILE = "instance.lock";

  /**
   * The homes of this very process. Must be asked before the file is opened: closing any channel of
   * a file drops every lock the process holds on it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path home;
  private final FileChannel channel;

  private InstanceLock(Path home, FileChannel channel) {
    this.home = home;
    this.channel = channel;
  }

  /** The home must be a real path. Never waits. */
  static InstanceLock take(Path home) throws IOException {
    if (!HELD.add(home)) {
      throw inUse(home, "this process, pid " + ProcessHandle.current().pid());
    }
    try {
      return new InstanceLock(home, open(home));
    } catch (IOException | RuntimeException e) {
      HELD.remove(home);
      throw e;
    }
  }

  // The lock lives as long as its channel: it is closed in release(), or here when there is no
  // lock.
  private static FileChannel open(Path home) throws IOException {
    Path file = home.resolve(FILE);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      if (channel.tryLock() == null) {
        String pid = Files.readString(file).strip();
        throw inUse(home, pid.isEmpty() ? "another process" : "process " + pid);
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static EmbeddedPostgresException inUse(Path home, String owner) {
    return new EmbeddedPostgresException(
        "the data folder " + home + " is in use by another running instance: " + owner,
        "stop it, or set TENANTRY_HOME to another folder");
  }

  /** Idempotent. */
  void release() {
    if (HELD.remove(home)) {
      try {
        channel.close();
      } catch (IOException e) {
        throw Folders.unexpected("unlocking " + home, e);
      }
    }
  }
}

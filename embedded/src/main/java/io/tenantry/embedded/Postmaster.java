package io.tenantry.embedded;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server process of a data folder, as its pid file and the system tell. */
record Postmaster(long pid) {
  private static final String FILE = "postmaster.pid";

  /** The process that serves this folder right now; empty when there is none. */
  static Optional<Postmaster> serving(Path data) throws IOException {
    Optional<Postmaster> named = named(data);
    return named.isPresent() && named.get().serves(data) ? named : Optional.empty();
  }

  /**
   * Removes a pid file whose number belongs to a stranger by now, which PostgreSQL would refuse to
   * start over. Any other left-over stays: the server needs it to see its own remains.
   */
  static void forgetReusedPid(Path data) throws IOException {
    Optional<Postmaster> named = named(data);
    if (named.isPresent() && named.get().isAlive() && !named.get().serves(data)) {
      Files.deleteIfExists(data.resolve(FILE));
    }
  }

  private static Optional<Postmaster> named(Path data) throws IOException {
    try {
      List<String> lines = Files.readAllLines(data.resolve(FILE));
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(new Postmaster(Long.parseLong(lines.getFirst().strip())));
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  boolean isAlive() {
    return handle().map(ProcessHandle::isAlive).orElse(false);
  }

  /** Ends the process and its children at once, and waits until they are gone. */
  void kill() {
    Optional<ProcessHandle> process = handle();
    if (process.isPresent()) {
      List<ProcessHandle> children = process.get().descendants().toList();
      endAndWait(process.get());
      children.forEach(Postmaster::endAndWait);
    }
  }

  private static void endAndWait(ProcessHandle process) {
    process.destroyForcibly();
    process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
  }

  private Optional<ProcessHandle> handle() {
    return ProcessHandle.of(pid);
  }

  /** Numbers are reused, so being alive is not enough: it must be a server at work in there. */
  private boolean serves(Path data) throws IOException {
    Optional<ProcessHandle> process = handle();
    if (process.isEmpty() || !process.get().isAlive()) {
      return false;
    }
    Path proc = Path.of("/proc", Long.toString(pid));
    if (Files.isDirectory(proc)) {
      try {
        return Files.readString(proc.resolve("comm")).startsWith("postgres")
            && Files.isSameFile(proc.resolve("cwd"), data);
      } catch (FileSystemException endedOrOfAnotherUser) {
        return false;
      }
    }
    String commandLine = process.get().info().commandLine().orElse("");
    return commandLine.contains("postgres") && commandLine.contains(data.toString());
  }
}

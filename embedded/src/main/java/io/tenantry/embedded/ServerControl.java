package io.tenantry.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops the server process of one data folder, through pg_ctl. */
final class ServerControl {
  private static final Logger LOG = LoggerFactory.getLogger(ServerControl.class);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration IMMEDIATE_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final long LONGEST_LOG = 16L * 1024 * 1024;

  private final Path home;
  private final Path data;
  private final Binaries binaries;
  private final RunAs runAs;

  ServerControl(Path home, Binaries binaries, RunAs runAs) {
    this.home = home;
    this.data = Cluster.dataIn(home);
    this.binaries = binaries;
    this.runAs = runAs;
  }

  Path log() {
    return home.resolve("server.log");
  }

  /**
   * Waits until the server takes connections. pg_ctl gives it a session of its own, so that Ctrl-C
   * in the terminal reaches us and not the server.
   */
  void start(String options, Duration timeout) throws IOException {
    Postmaster.forgetReusedPid(data);
    long before = prepareLog();
    Commands.Result result =
        pgCtl(
            timeout.plus(GRACE),
            "start",
            "-w",
            "-t",
            Long.toString(timeout.toSeconds()),
            "-l",
            log().toString(),
            "-o",
            options);
    if (!result.ok()) {
      stop();
      throw new EmbeddedPostgresException(
          "the server in " + home + " did not start: " + whatTheLogSays(before, result.output()),
          "see " + log());
    }
  }

  /** Rolls back what is open and stops; when that takes too long, harder. Idempotent. */
  void stop() throws IOException {
    if (!stop("fast", STOP_TIMEOUT)) {
      LOG.warn("The server in {} does not stop in good order; ending it at once.", home);
      kill();
    }
  }

  /** Stops as a crash would: the next start recovers. Idempotent. */
  void kill() throws IOException {
    if (!stop("immediate", IMMEDIATE_TIMEOUT)) {
      Postmaster.serving(data).ifPresent(Postmaster::kill);
    }
  }

  /** Ends the server a killed process has left running here. */
  void stopOrphan() throws IOException {
    Optional<Postmaster> orphan = Postmaster.serving(data);
    if (orphan.isPresent()) {
      LOG.info(
          "Stopping the server (pid {}) that a killed process left running in {}.",
          orphan.get().pid(),
          home);
      stop();
    }
  }

  boolean isRunning() throws IOException {
    return Postmaster.serving(data).isPresent();
  }

  private boolean stop(String mode, Duration timeout) throws IOException {
    if (!isRunning()) {
      return true;
    }
    Commands.Result result =
        pgCtl(
            timeout.plus(GRACE),
            "stop",
            "-w",
            "-t",
            Long.toString(timeout.toSeconds()),
            "-m",
            mode);
    return result.ok() || !isRunning();
  }

  private Commands.Result pgCtl(Duration timeout, String action, String... words) {
    List<String> command = runAs.command(binaries.program("pg_ctl"), action, "-D", data.toString());
    command.addAll(List.of(words));
    return Commands.run(command, timeout);
  }

  /** Keeps one old log when this one has grown long; returns where the new lines will begin. */
  private long prepareLog() throws IOException {
    if (Files.exists(log()) && Files.size(log()) > LONGEST_LOG) {
      Files.move(log(), home.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(log())) {
      Files.createFile(
          log(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    runAs.own(log());
    return Files.size(log());
  }

  private String whatTheLogSays(long from, String otherwise) throws IOException {
    byte[] all = Files.readAllBytes(log());
    int start = (int) Math.min(from, all.length);
    String added = new String(all, start, all.length - start, StandardCharsets.UTF_8);
    List<String> fatal =
        added.lines().filter(line -> line.contains("FATAL:") || line.contains("HINT:")).toList();
    return fatal.isEmpty() ? otherwise : String.join("; ", fatal);
  }
}

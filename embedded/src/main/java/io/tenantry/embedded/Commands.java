package io.tenantry.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and keeps what it said. */
final class Commands {
  private Commands() {}

  record Result(int exit, String output) {
    boolean ok() {
      return exit == 0;
    }
  }

  /**
   * Blocks until the program ends or the time is over. Its output goes to a file and not to a pipe:
   * a server started by it would keep a pipe open for its whole life.
   */
  static Result run(List<String> command, Duration timeout) {
    String program = command.getFirst();
    try {
      Path output = Files.createTempFile("tenantry-command", ".out");
      try {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(new File("/"));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        builder.redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.redirectOutput(output.toFile());
        Process process = builder.start();
        if (!waitFor(process, timeout)) {
          return new Result(-1, program + " did not end within " + timeout.toSeconds() + " s");
        }
        return new Result(process.exitValue(), Files.readString(output).strip());
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException e) {
      return new Result(-1, "cannot run " + program + ": " + e.getMessage());
    }
  }

  private static boolean waitFor(Process process, Duration timeout) {
    try {
      boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      return ended;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException(
          "interrupted while a command of the server ran", "start again", e);
    }
  }
}

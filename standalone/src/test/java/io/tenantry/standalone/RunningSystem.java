package io.tenantry.standalone;

import io.tenantry.testkit.FreePorts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The system as {@code make run} starts it: a process of its own, from a folder of its own. */
final class RunningSystem implements AutoCloseable {

  private static final String STARTED = "Stop it with Ctrl-C.";
  private static final Duration START = Duration.ofMinutes(3);
  private static final long STOP_SECONDS = 60;

  private final Path home;
  private final int port;
  private final Path output;
  private final Process process;

  private RunningSystem(Path home, int port, Path output, Process process) {
    this.home = home;
    this.port = port;
    this.output = output;
    this.process = process;
  }

  /** Starts on free ports and returns when the system says that it is running. */
  static RunningSystem start(Path home) throws IOException {
    RunningSystem system = launch(home, FreePorts.next());
    system.awaitStart();
    return system;
  }

  /** Starts and returns at once. */
  static RunningSystem launch(Path home, int port) throws IOException {
    Path output = Files.createTempFile("tenantry-run", ".log");
    output.toFile().deleteOnExit();
    Process process = process(home, port, output.toFile(), "run");
    return new RunningSystem(home, port, output, process);
  }

  private static Process process(Path home, int port, File output, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(Tenantry.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "TENANTRY_HOME", home.toString(),
                "TENANTRY_PORT", Integer.toString(port),
                "TENANTRY_MANAGEMENT_PORT", Integer.toString(FreePorts.next()),
                "TENANTRY_POSTGRES_PORT", Integer.toString(FreePorts.next())));
    return builder.redirectOutput(output).start();
  }

  void awaitStart() {
    Awaitility.await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> output().contains(STARTED) || !process.isAlive());
    if (!process.isAlive()) {
      throw new IllegalStateException("The system did not start: " + output());
    }
  }

  /** What a command of the same installation prints and how it ends. */
  record Result(int exitCode, String output) {}

  Result command(String... arguments) throws IOException, InterruptedException {
    Path file = Files.createTempFile("tenantry-command", ".log");
    Process command = process(home, port, file.toFile(), arguments);
    boolean ended = command.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    Result result = new Result(ended ? command.exitValue() : -1, Files.readString(file));
    Files.delete(file);
    return result;
  }

  /** A client of the running API, as the demo has it. */
  ApiClientCall api() {
    return new ApiClientCall(URI.create("http://127.0.0.1:" + port), home.resolve("secrets"));
  }

  int port() {
    return port;
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return "";
    }
  }

  /** The process id that the server has written down. */
  long serverPid() throws IOException {
    return Long.parseLong(
        Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst().strip());
  }

  /** As kill -9: nothing of ours runs any more. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** As Ctrl-C, or a service manager's stop. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  int exitCode() throws InterruptedException {
    return exitCode(STOP_SECONDS);
  }

  /** How a start that is to be refused ends; it may get as far as one that is not. */
  int exitCodeOfStart() throws InterruptedException {
    return exitCode(START.toSeconds());
  }

  private int exitCode(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  /** In good order, so that no server is left behind. */
  @Override
  public void close() {
    try {
      if (process.isAlive()) {
        stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }
}

package io.tenantry.standalone;

import io.tenantry.testkit.ChildProcess;
import io.tenantry.testkit.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The system as {@code make run} starts it: a process of its own, from a folder of its own. */
final class RunningSystem implements AutoCloseable {

  private static final String STARTED = "Stop it with Ctrl-C.";
  private static final Duration START = Duration.ofMinutes(3);

  private final Path home;
  private final int port;
  private final ChildProcess process;

  private RunningSystem(Path home, int port, ChildProcess process) {
    this.home = home;
    this.port = port;
    this.process = process;
  }

  /** Starts on free ports and returns when the system says that it is running. */
  static RunningSystem start(Path home) {
    RunningSystem system = launch(home, FreePorts.next());
    system.awaitStart();
    return system;
  }

  /** Starts and returns at once. */
  static RunningSystem launch(Path home, int port) {
    return new RunningSystem(home, port, process(home, port, "run"));
  }

  private static ChildProcess process(Path home, int port, String... arguments) {
    List<String> command =
        ChildProcess.java(
            "-Xmx512m", "-cp", System.getProperty("java.class.path"), Tenantry.class.getName());
    command.addAll(List.of(arguments));
    return ChildProcess.start(
        command,
        Map.of(
            "TENANTRY_HOME", home.toString(),
            "TENANTRY_PORT", Integer.toString(port),
            "TENANTRY_MANAGEMENT_PORT", Integer.toString(FreePorts.next()),
            "TENANTRY_POSTGRES_PORT", Integer.toString(FreePorts.next())));
  }

  void awaitStart() {
    process.awaitStart(START, () -> output().contains(STARTED));
  }

  /** What a command of the same installation prints and how it ends. */
  record Result(int exitCode, String output) {}

  Result command(String... arguments) {
    ChildProcess command = process(home, port, arguments);
    return new Result(command.exitCode(), command.output());
  }

  /** A client of the running API, as the demo has it. */
  ApiClientCall api() {
    return new ApiClientCall(URI.create("http://127.0.0.1:" + port), home.resolve("secrets"));
  }

  int port() {
    return port;
  }

  String output() {
    return process.output();
  }

  /** The process id that the server has written down. */
  long serverPid() throws IOException {
    return Long.parseLong(
        Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst().strip());
  }

  /** As kill -9: nothing of ours runs any more. */
  void kill() {
    process.kill();
  }

  /** As Ctrl-C, or a service manager's stop. */
  int stop() {
    return process.stop();
  }

  int exitCode() {
    return process.exitCode();
  }

  /** How a start that is to be refused ends; it may get as far as one that is not. */
  int exitCodeOfStart() {
    return process.exitCode(START);
  }

  /** In good order, so that no server is left behind. */
  @Override
  public void close() {
    process.close();
  }
}

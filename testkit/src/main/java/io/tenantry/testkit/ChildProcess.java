package io.tenantry.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A process of its own, whose output goes to a file, both streams together. Its methods that wait
 * block; an interrupt ends the waiting and stays set. Safe for several threads.
 */
public final class ChildProcess implements AutoCloseable {

  private static final Duration STOP = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  /**
   * They live for seconds: the second compiler costs more than it gains them, but for the loops of
   * RSA, which take ten times as long without it. So it comes ten times later than usual.
   */
  private static final List<String> SHORT_LIVED =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  private static final int INTERRUPT = 2;

  private final Process process;
  private final Path output;

  private ChildProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** The command that runs this JVM's Java; {@code arguments} are options and the rest. */
  public static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SHORT_LIVED);
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts one and returns at once; its output goes to a file that ends with this JVM. */
  public static ChildProcess start(List<String> command, Map<String, String> environment) {
    try {
      Path output = Files.createTempFile("tenantry-process", ".log");
      output.toFile().deleteOnExit();
      return start(command, environment, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts one and returns at once.
   *
   * @param environment on top of this process's own
   * @param output is written anew
   */
  public static ChildProcess start(
      List<String> command, Map<String, String> environment, Path output) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    File file = output.toFile();
    try {
      return new ChildProcess(builder.redirectOutput(file).start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("while starting " + command.getFirst(), e);
    }
  }

  /**
   * Returns when {@code started} says so.
   *
   * @throws IllegalStateException with the output, when the process ends before, or takes longer
   *     than {@code most}; it is then dead
   */
  public void awaitStart(Duration most, BooleanSupplier started) {
    long end = System.nanoTime() + most.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      if (started.getAsBoolean()) {
        return;
      }
      if (exited(LOOK_AGAIN)) {
        break;
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("The process did not start: " + output());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** All that it has printed so far. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code with which it ends within a minute; -1 when it does not. */
  public int exitCode() {
    return exitCode(STOP);
  }

  /** The code with which it ends within {@code most}; -1 when it does not. */
  public int exitCode(Duration most) {
    return exited(most) ? process.exitValue() : -1;
  }

  /** SIGTERM, as a service manager's stop; then as {@link #exitCode()}. */
  public int stop() {
    process.destroy();
    return exitCode();
  }

  /** SIGINT, as Ctrl-C sends it; then as {@link #exitCode()}. */
  public int interrupt() {
    NativeCalls.ints("kill", Math.toIntExact(process.pid()), INTERRUPT);
    return exitCode();
  }

  /** As kill -9; returns when it is dead. */
  public void kill() {
    process.destroyForcibly();
    boolean _ = exited(STOP);
  }

  private boolean exited(Duration most) {
    try {
      return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  /** In good order, so that what it has started itself ends too; by force after a minute. */
  @Override
  public void close() {
    if (process.isAlive() && stop() == -1) {
      process.destroyForcibly();
    }
  }
}

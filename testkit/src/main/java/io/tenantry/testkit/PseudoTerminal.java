package io.tenantry.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process on a terminal: all its three streams lead to one of the kernel's pseudo terminals, at
 * whose other end a test types and reads. Typing does not block; safe for several threads.
 */
public final class PseudoTerminal implements AutoCloseable {

  private static final int READ_WRITE = 2;
  private static final int BUFFER = 4096;
  private static final Duration END = Duration.ofMinutes(2);

  private final int terminal;
  private final Process process;
  private final Thread reader;
  private final StringBuilder screen = new StringBuilder();

  private PseudoTerminal(int terminal, Process process) {
    this.terminal = terminal;
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("terminal").start(this::read);
  }

  /**
   * Starts a process on a new terminal of 120 columns and 40 rows.
   *
   * @param environment on top of this process's own; {@code TERM} is xterm unless it is there
   */
  public static PseudoTerminal start(List<String> command, Map<String, String> environment) {
    int terminal = NativeCalls.ints("posix_openpt", READ_WRITE);
    NativeCalls.ints("grantpt", terminal);
    NativeCalls.ints("unlockpt", terminal);
    File device = new File(NativeCalls.text("ptsname", terminal));
    try {
      await(on(device, List.of("stty", "cols", "120", "rows", "40")).start());
      ProcessBuilder builder = on(device, command);
      builder.environment().put("TERM", "xterm");
      builder.environment().remove("NO_COLOR");
      builder.environment().putAll(environment);
      return new PseudoTerminal(terminal, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("While starting " + command.getFirst(), e);
    }
  }

  private static ProcessBuilder on(File device, List<String> command) {
    return new ProcessBuilder(command)
        .redirectInput(device)
        .redirectOutput(device)
        .redirectError(device);
  }

  private void read() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER);
      // An error is how the end is told: nobody has the other side open any more.
      while (true) {
        long count = NativeCalls.bytes("read", terminal, buffer, BUFFER);
        if (count <= 0) {
          return;
        }
        byte[] bytes = buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
        synchronized (screen) {
          screen.append(new String(bytes, StandardCharsets.UTF_8));
        }
      }
    }
  }

  /** As on a keyboard; {@code \n} is the key for the end of a line. */
  public void type(String keys) {
    byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      NativeCalls.bytes("write", terminal, buffer, bytes.length);
    }
  }

  /** Everything that came to the terminal so far, with what steers it. */
  public String screen() {
    synchronized (screen) {
      return screen.toString();
    }
  }

  /** The code with which the process ends within two minutes; -1 when it does not. */
  public int exitCode() {
    boolean ended = await(process);
    try {
      // What it has printed last is still on its way.
      boolean _ = reader.join(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ended ? process.exitValue() : -1;
  }

  private static boolean await(Process process) {
    try {
      return process.waitFor(END.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The process is dead then. */
  @Override
  public void close() {
    process.destroyForcibly();
    boolean _ = await(process);
    NativeCalls.ints("close", terminal);
  }
}

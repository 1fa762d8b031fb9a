package io.tenantry.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for processes and containers that have to be told theirs. From below the range that systems
 * take the ports of outgoing connections from (32768 and up on Linux, 49152 elsewhere): one of
 * those can be taken between the moment it is found free and the moment the process listens.
 * Thread-safe.
 */
public final class FreePorts {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 100;

  /** Each is given once: a process may need two, and listens on neither when it is told both. */
  private static final AtomicInteger GIVEN =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(HIGHEST - LOWEST));

  private FreePorts() {}

  /** A port on which nothing listens at 127.0.0.1, and that was not given before by this JVM. */
  public static int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = LOWEST + Math.floorMod(GIVEN.getAndIncrement(), HIGHEST - LOWEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("No port is free from " + LOWEST + " to " + HIGHEST + ".");
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

package io.tenantry.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;

/** Finds a port nobody listens on. */
final class Ports {
  static final String HOST = "127.0.0.1";

  private static final int CONNECT_MILLIS = 500;

  private Ports() {}

  static InetAddress loopback() {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  static int choose(PortChoice choice) {
    if (choice.port() == 0) {
      return anyFree();
    }
    for (int port = choice.port(); port <= choice.last(); port++) {
      if (isFree(port)) {
        return port;
      }
    }
    if (choice.exact()) {
      throw new EmbeddedPostgresException(
          "port " + choice.port() + " of " + HOST + " is taken by another program",
          "stop that program, or choose another port");
    }
    throw new EmbeddedPostgresException(
        "ports " + choice.port() + " to " + choice.last() + " of " + HOST + " are all taken",
        "free one of them, or choose another port");
  }

  /** Binding alone would not see a listener on all addresses on every system, so it also calls. */
  static boolean isFree(int port) {
    try (Socket call = new Socket()) {
      call.connect(new InetSocketAddress(loopback(), port), CONNECT_MILLIS);
      return false;
    } catch (IOException nobodyAnswers) {
      try (ServerSocket bound = new ServerSocket(port, 1, loopback())) {
        return bound.isBound();
      } catch (IOException taken) {
        return false;
      }
    }
  }

  private static int anyFree() {
    try (ServerSocket bound = new ServerSocket(0, 1, loopback())) {
      return bound.getLocalPort();
    } catch (IOException e) {
      throw new EmbeddedPostgresException(
          "no free port on " + HOST + ": " + e.getMessage(), "free a port and start again", e);
    }
  }
}

package io.tenantry.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** Bytes as they are, also where an HTTP client would refuse to send them. */
final class Wire {

  private static final int PATIENCE_MILLIS = 60_000;

  private Wire() {}

  /**
   * Sends all of them, then says that nothing more comes.
   *
   * @return what came back until the server closed, as text; empty when it answered nothing
   */
  static String send(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        socket.shutdownOutput();
      } catch (SocketException e) {
        // It need not read to the end what it has refused; the answer may be there all the same.
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(all);
      } catch (SocketException e) {
        // Reset after the answer, since the rest of the request was never read.
      }
      return all.toString(StandardCharsets.UTF_8);
    }
  }
}

package io.tenantry.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends a request byte by byte as it says, also where an HTTP client would refuse to. */
final class FuzzWire {

  private static final int PATIENCE_MILLIS = 60_000;

  private FuzzWire() {}

  /** The whole answer, as text; empty when the server closed the connection without one. */
  static String send(int port, FuzzRequest request, Map<String, String> tokens) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        OutputStream out = socket.getOutputStream();
        out.write(head(request, tokens));
        if (request.body() != null) {
          out.write(request.body().getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
        // Nothing more comes: a body that was promised to be longer stays truncated.
        socket.shutdownOutput();
      } catch (SocketException e) {
        // It need not read to the end what it has refused; the answer may be there all the same.
      }
      return answer(socket.getInputStream());
    }
  }

  private static byte[] head(FuzzRequest request, Map<String, String> tokens) {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
    head.append("Host: fuzz\r\nConnection: close\r\n");
    String token = tokens.get(request.token());
    if (token != null) {
      head.append("Authorization: Bearer ").append(token).append("\r\n");
    } else if (!request.token().isEmpty()) {
      head.append("Authorization: ").append(request.token()).append("\r\n");
    }
    request.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    String body = request.body();
    if (body != null) {
      if (request.mediaType() != null) {
        head.append("Content-Type: ").append(request.mediaType()).append("\r\n");
      }
      int length = body.getBytes(StandardCharsets.UTF_8).length + request.missing();
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    // One byte for each character: what is no ASCII arrives as a byte above 127.
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String answer(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketException e) {
      // Reset after the answer, since the rest of the request was never read.
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}

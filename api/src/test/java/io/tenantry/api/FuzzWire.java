package io.tenantry.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends a request byte by byte as it says, also where an HTTP client would refuse to. */
final class FuzzWire {

  private FuzzWire() {}

  /** The whole answer, as text; empty when the server closed the connection without one. */
  static String send(int port, FuzzRequest request, Map<String, String> tokens) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head(request, tokens));
    if (request.body() != null) {
      bytes.writeBytes(request.body().getBytes(StandardCharsets.UTF_8));
    }
    // Nothing more comes: a body that was promised to be longer stays truncated.
    return Wire.send(port, bytes.toByteArray());
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
}

package io.tenantry.api.idempotency;

import io.tenantry.tenancy.idempotency.RequestKey;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A request with a key. Its body is read once, whole, and may then be read again from memory. */
final class KeyedRequest extends HttpServletRequestWrapper {

  private final String key;
  private byte @Nullable [] body;

  KeyedRequest(HttpServletRequest request, String key) {
    super(request);
    this.key = key;
  }

  /** The key with the hash of method, path with query, and body. */
  RequestKey key() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      // Neither a method nor a path holds a line's end.
      String line = getMethod() + " " + getRequestURI() + "?" + getQueryString() + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      digest.update(body());
      return new RequestKey(key, HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] body() throws IOException {
    byte[] read = body;
    if (read == null) {
      read = super.getInputStream().readAllBytes();
      body = read;
    }
    return read;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return new FromMemory(new ByteArrayInputStream(body()));
  }

  private static final class FromMemory extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    FromMemory(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      return bytes.read(buffer, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("This body is read on the request's own thread.");
    }
  }
}

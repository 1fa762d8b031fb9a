package io.tenantry.api.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Counts the bytes of an answer's body. For one thread. */
final class CountedResponse extends HttpServletResponseWrapper {

  private @Nullable Counted stream;
  private @Nullable PrintWriter writer;
  private long bytes;

  CountedResponse(HttpServletResponse response) {
    super(response);
  }

  /** Bytes handed on so far; what was thrown away before it was sent is not taken off. */
  long bytes() {
    return bytes;
  }

  /** Hands on what a writer still holds; the container does not know of this one. */
  void flushWriter() {
    if (writer != null) {
      writer.flush();
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (stream == null) {
      stream = new Counted(super.getOutputStream());
    }
    return stream;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      writer =
          new PrintWriter(
              new OutputStreamWriter(getOutputStream(), Charset.forName(getCharacterEncoding())));
    }
    return writer;
  }

  @Override
  public void flushBuffer() throws IOException {
    flushWriter();
    super.flushBuffer();
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    bytes = 0;
  }

  @Override
  public void reset() {
    super.reset();
    bytes = 0;
    stream = null;
    writer = null;
  }

  private final class Counted extends ServletOutputStream {

    private final ServletOutputStream body;

    Counted(ServletOutputStream body) {
      this.body = body;
    }

    @Override
    public void write(int one) throws IOException {
      body.write(one);
      bytes++;
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
      body.write(some, offset, length);
      bytes += length;
    }

    @Override
    public void flush() throws IOException {
      body.flush();
    }

    @Override
    public void close() throws IOException {
      body.close();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      body.setWriteListener(listener);
    }
  }
}

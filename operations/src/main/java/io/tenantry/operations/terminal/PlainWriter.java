package io.tenantry.operations.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * What a command prints, as {@link PlainText}. Everything goes through here but the progress, which
 * writes over its own line. Line ends and tabs pass.
 */
final class PlainWriter extends FilterWriter {

  private PlainWriter(Writer out) {
    super(out);
  }

  /** Flushes {@code out} at the end of each line. */
  static PrintWriter to(PrintWriter out) {
    return new PrintWriter(new PlainWriter(out), true);
  }

  @Override
  public void write(int c) throws IOException {
    write(String.valueOf((char) c));
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    write(String.valueOf(text, from, length));
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    out.write(PlainText.lines(text.substring(from, from + length)));
  }
}
